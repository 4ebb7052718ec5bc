/** Waits for something that comes to pass soon, and says so when it does not. */
export async function eventually(holds: () => Promise<boolean>, withinMillis = 8_000): Promise<void> {
  for (const until = Date.now() + withinMillis; !(await holds());) {
    if (Date.now() > until) throw new Error(`it did not come to pass within ${withinMillis} ms`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
