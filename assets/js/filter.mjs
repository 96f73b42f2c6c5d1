// Leaves of a long list of choices those that hold every word typed, and whatever is chosen. Without this the list is there, in groups.
export function initFilters() {
  for (const list of document.querySelectorAll('[data-filter]')) start(list)
}

function start(list) {
  const area = list.querySelector('[data-filter-field]')
  const field = area.querySelector('input')
  const says = area.querySelector('[role="status"]')
  const groups = [...list.querySelectorAll('details')].map((group) => ({ group, open: group.open, items: [...group.querySelectorAll('.nhsuk-checkboxes__item')] }))
  const all = groups.reduce((n, { items }) => n + items.length, 0)

  area.hidden = false
  field.addEventListener('input', () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean)
    let shown = 0
    for (const g of groups) {
      let here = 0
      for (const item of g.items) {
        const text = item.textContent.toLowerCase()
        const fits = words.every((word) => text.includes(word))
        item.hidden = !fits && !item.querySelector('input').checked
        if (!item.hidden) here++
        if (fits) shown++
      }
      g.group.hidden = here === 0
      g.group.open = words.length > 0 ? here > 0 : g.open
    }
    says.textContent = words.length > 0 ? list.dataset.filterSays.replace('{shown}', shown).replace('{all}', all) : ''
  })
  // Enter in this field would send the form.
  field.addEventListener('keydown', (e) => {
    if (e.key === 'Enter') e.preventDefault()
  })
}
