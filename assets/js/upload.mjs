// Shows how far an upload is. Without this the form is sent as any other, and the browser shows its own progress.
//
// The answer is taken as a parsed document, not as text: Trusted Types refuse HTML made from a string.
export function initUploads() {
  for (const form of document.querySelectorAll('form[data-upload]')) form.addEventListener('submit', send)
}

function send(event) {
  const form = event.currentTarget
  const area = form.querySelector('[data-upload-progress]')
  const bar = area.querySelector('progress')
  const words = area.querySelector('[role="status"]')
  const button = form.querySelector('button[type="submit"]')
  event.preventDefault()
  area.hidden = false
  button.disabled = true

  const say = (text) => {
    if (words.textContent !== text) words.textContent = text
  }
  const failed = () => {
    say(form.dataset.uploadFailed)
    button.disabled = false
  }
  const request = new XMLHttpRequest()
  request.open('POST', form.action)
  request.responseType = 'document'
  request.upload.addEventListener('progress', (e) => {
    const share = e.lengthComputable ? e.loaded / e.total : 0
    bar.value = share
    // A screen reader is told in steps of ten per cent.
    say(share < 1 ? form.dataset.uploadSending.replace('{percent}', Math.floor(share * 10) * 10) : form.dataset.uploadReading)
  })
  request.addEventListener('load', () => {
    const main = request.response?.querySelector('main')
    if (!main) return failed()
    // A redirect was followed, and its page is here. Loading it again would lose its message of success.
    if (request.responseURL !== form.action) window.history.pushState(null, '', request.responseURL)
    document.title = request.response.title
    document.querySelector('main').replaceWith(document.adoptNode(main))
    initUploads()
    const notice = document.querySelector('.nhsuk-error-summary, .nhsuk-notification-banner, main h1')
    notice?.setAttribute('tabindex', '-1')
    notice?.focus()
    window.scrollTo(0, 0)
  })
  request.addEventListener('error', failed)
  request.send(new FormData(form))
}
