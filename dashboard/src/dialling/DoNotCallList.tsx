import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { dialling } from '../api/dialling'
import { Loaded } from '../design/Loaded'
import table from '../design/Table.module.css'
import { Button } from '../design/Button'
import { DataTable } from '../design/DataTable'
import { Card } from '../design/Card'
import { Field } from '../design/Field'
import { ProblemNotice } from '../design/ProblemNotice'
import { useFormat } from '../design/useFormat'
import styles from './DiallingPage.module.css'

const key = ['do-not-call'] as const

export function DoNotCallList({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const queries = useQueryClient()
  const numbers = useQuery({ queryKey: key, queryFn: dialling.numbers })
  const refresh = () => queries.invalidateQueries({ queryKey: key })
  const add = useMutation({ mutationFn: ({ phone, reason }: { phone: string; reason: string }) => dialling.add(phone, reason), onSuccess: refresh })
  const remove = useMutation({ mutationFn: dialling.remove, onSettled: refresh })

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = event.currentTarget
    const given = new FormData(form)
    // People write numbers with spaces and dashes; the server wants E.164.
    const phone = String(given.get('phone')).replaceAll(/[\s()-]/g, '')
    add.mutate({ phone, reason: String(given.get('reason')) }, { onSuccess: () => form.reset() })
  }

  return (
    <Card title={t('dialling.list')}>
      <p>{t('dialling.listText')}</p>
      {mayChange && (
        <form className={styles['form']} onSubmit={submit}>
          <Field label={t('dialling.phone')}>
            <input name="phone" type="tel" required placeholder="+86…" maxLength={32} autoComplete="off" />
          </Field>
          <Field label={t('dialling.reason')}>
            <input name="reason" required maxLength={300} autoComplete="off" />
          </Field>
          <Button type="submit" busy={add.isPending}>
            {t('dialling.add')}
          </Button>
        </form>
      )}
      {add.isError && <ProblemNotice problem={add.error} />}
      {remove.isError && <ProblemNotice problem={remove.error} />}
      <Loaded query={numbers} lines={3}>
        {(listed) =>
          listed.length === 0 ? (
            <p className={table['none']}>{t('dialling.none')}</p>
          ) : (
            <DataTable
              label={t('dialling.list')}
              rows={listed}
              keyOf={({ phone }) => phone}
              columns={[
                { heading: t('dialling.phone'), render: ({ phone }) => phone },
                { heading: t('dialling.reason'), render: ({ reason }) => reason },
                { heading: t('dialling.since'), render: ({ addedAt, addedBy }) => `${format.dateTime(addedAt)} · ${addedBy}` },
                {
                  heading: t('dialling.actions'),
                  render: ({ phone }) =>
                    mayChange && (
                      <Button
                        aria-label={`${t('dialling.remove')}: ${phone}`}
                        busy={remove.isPending && remove.variables === phone}
                        onClick={() => remove.mutate(phone)}
                      >
                        {t('dialling.remove')}
                      </Button>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Card>
  )
}
