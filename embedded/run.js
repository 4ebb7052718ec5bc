'use strict'
// `node embedded/run.js FILE [arguments]`: calls the file's main() on a clone that is made ready first.
const path = require('node:path')
const { prepare, root } = require('./preparation.js')

const [file, ...args] = process.argv.slice(2)

function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}

/** Arguments that nobody knows: the sentence says which, a stack says nothing more. */
const wasMisused = ({ code, cause }) => (code ?? cause?.code)?.startsWith('ERR_PARSE_ARGS')

async function run() {
  require('tsx/cjs')
  await require(path.join(root, file)).main(args)
}

prepare().then(
  () => run().catch((error) => fail(wasMisused(error) ? error.message : error.stack)),
  (error) => fail(error.message),
)
