/** For each kind of scam: what the agent hears, how it works, what to tell the payer. */
export const playbook = {
  romance: {
    signs: 'Met online, never in person. Soon talks of love, then of money: a ticket, a hospital, a blocked account.',
    how: 'One person or a team plays the partner for weeks. Each payment is followed by a new need.',
    say: 'You have not met this person. Whoever loves you can wait a day. Let us keep the money until you have seen them.',
  },
  impersonated_friend: {
    signs: 'A friend or relative asked by message, from a new or strange account, and could not talk right now.',
    how: 'The picture and the nickname were copied. The real friend knows nothing.',
    say: 'Please ring your friend on the number you have always had. We keep the money until you have spoken.',
  },
  police_or_customer_service: {
    signs: 'The police, a court, a bank or a customer service rang. It is urgent and secret; the money must go to a “safe account”.',
    how: 'Fear and secrecy stop the payer from asking anyone. No authority has a safe account.',
    say: 'No police officer and no bank ever asks you to move money to keep it safe. You may talk with anyone about this.',
  },
  fake_refund: {
    signs: 'Somebody offered a refund or compensation. The payer had to share the screen, install an app, or pay first.',
    how: 'The refund page takes card data, or the “test payment” is a real one.',
    say: 'For a refund you never have to pay and never share your screen. Please close that app now.',
  },
  investment: {
    signs: 'A teacher or a group with sure gains. First small sums came back; now the payer should put in more, or pay a fee to withdraw.',
    how: 'The gains are numbers on a page of the scammer. Nothing was ever invested.',
    say: 'Try to withdraw everything today, without a fee. If that does not work, the money was never invested.',
  },
  part_time_job: {
    signs: 'Easy work at home: likes, ratings, orders that must be paid in advance.',
    how: 'The first tasks are paid out. Then a “set of tasks” needs larger and larger sums.',
    say: 'An employer pays you. A job for which you pay first is not a job.',
  },
  purchase: {
    signs: 'Something cheap or rare; the seller wants payment outside the shop, at once.',
    how: 'The goods do not exist. Outside the shop there is no protection.',
    say: 'Please pay only inside the shop. We can cancel this payment, and you order there.',
  },
  rental: {
    signs: 'A deposit for a flat that the payer has not seen; the landlord is abroad.',
    how: 'Photographs were taken from elsewhere. Many pay for the same flat.',
    say: 'Please see the flat and the owner’s papers first. A landlord who cannot wait for that is none.',
  },
  loan_fee: {
    signs: 'A loan was approved; first a fee, a deposit, or a “wrong account number” must be paid.',
    how: 'The loan never comes. Each fee is followed by another.',
    say: 'A lender takes its fee from the loan. Before the money is there, you owe nothing.',
  },
  training: {
    signs: 'An expensive course with a promised job or certificate; pay today or the place is gone.',
    how: 'The course is worthless, the refund is refused, or a loan was taken out in the payer’s name.',
    say: 'Take a day, and ask for the contract on paper. A real school can wait a day.',
  },
  other: {
    signs: 'Hurry, secrecy, a stranger who tells the payer what to say to us.',
    how: 'Whatever the story, the money goes to somebody the payer does not know.',
    say: 'Did anyone tell you what to answer us? You may stop here; the money is still there.',
  },
}
