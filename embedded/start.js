'use strict'
const { prepare } = require('./preparation.js')

prepare().then(
  () => {
    require('tsx/cjs')
    return require('./main.ts').main()
  },
  (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  },
)
