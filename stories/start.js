'use strict'
const { prepare } = require('../embedded/preparation.js')

prepare().then(
  () => {
    require('tsx/cjs')
    return require('./main.ts').main(process.argv.slice(2))
  },
  (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  },
)
