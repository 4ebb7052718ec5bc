'use strict'
const { prepare } = require('../../embedded/preparation.js')

prepare().then(
  () => {
    require('tsx/cjs')
    require('./main.ts')
  },
  (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  },
)
