// Uploads a file with tus-js-client as its users do, and prints where the server says the file and its job are.
// Arguments: the endpoint, the file.
import { createReadStream, statSync } from 'node:fs'
import * as tus from 'tus-js-client'

const [endpoint, path] = process.argv.slice(2)
let retries = 0
let answer

const upload = new tus.Upload(createReadStream(path), {
  endpoint,
  uploadSize: statSync(path).size,
  metadata: { filename: 'large.bin', filetype: 'application/x-large' },
  retryDelays: Array(50).fill(50),
  onShouldRetry: () => {
    retries++
    return true
  },
  onAfterResponse: (request, response) => {
    answer = response
  },
  onError: (error) => {
    console.error(String(error))
    process.exit(1)
  },
  onSuccess: () => {
    console.log(JSON.stringify({
      url: upload.url,
      file: answer.getHeader('Millrace-File'),
      job: answer.getHeader('Millrace-Job'),
      retries,
    }))
  },
})
upload.start()
