const source = {
  jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2023', transform: { react: { runtime: 'automatic' } } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
  swcrc: false,
}

const library = { jsc: { parser: { syntax: 'ecmascript' }, target: 'es2023' }, module: { type: 'commonjs' }, swcrc: false }

/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  // ES modules, and modules that import as they go, which jest loads only once they are transformed.
  transformIgnorePatterns: ['/node_modules/(?!(openid-client|oauth4webapi|jose|@opentelemetry/otlp-exporter-base)/)'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', source], '/node_modules/.+\\.js$': ['@swc/jest', library] },
  // One PostgreSQL, one Temporal server and one workflow bundle for all files; see tests/support/stack.ts.
  globalSetup: '<rootDir>/tests/support/globalSetup.ts',
  globalTeardown: '<rootDir>/tests/support/globalTeardown.ts',
  testEnvironment: '<rootDir>/tests/support/environment.ts',
  setupFilesAfterEnv: ['<rootDir>/tests/support/secondTry.ts'],
  // Ends a wait for nothing; generous, so that a busy machine fails no test.
  testTimeout: 180_000,
  testSequencer: '<rootDir>/tests/support/sequencer.js',
  // One more than the cores of the smallest machine: much of a test is waiting for timers, processes and browsers.
  maxWorkers: 3,
}
