/**
 * A browser and a machine that is short of time sometimes miss each other: such a test is tried once more, and
 * its first failure is printed. Nothing about money, calls or records gets a second try: there a failure in ten
 * runs is a fault of the product.
 */
const withBrowsersOrProcesses = /\/tests\/(dashboard|embedded|readme|sound)\//

if (withBrowsersOrProcesses.test(expect.getState().testPath ?? '')) jest.retryTimes(1, { logErrorsBeforeRetry: true })
