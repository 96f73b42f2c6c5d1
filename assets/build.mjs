// Builds assets/dist, which the binary embeds: our style sheet, our module, and the module of nhsuk-frontend as it is.
// No bundler: a browser that runs the module loads the two files. Run by `make assets` from anywhere.
import { createHash } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from 'sass'

const assets = dirname(fileURLToPath(import.meta.url))
const modules = join(assets, '..', 'node_modules')
const dist = join(assets, 'dist')

await mkdir(dist, { recursive: true })
for (const name of await readdir(dist)) {
  // .gitkeep is committed: without a file in dist the embed directive does not compile.
  if (name !== '.gitkeep') await rm(join(dist, name), { recursive: true })
}

const { css } = compile(join(assets, 'scss', 'rowan.scss'), {
  loadPaths: [modules],
  style: 'compressed',
  quietDeps: true
})
await writeFile(join(dist, 'rowan.css'), css)

const nhsuk = join(modules, 'nhsuk-frontend', 'dist', 'nhsuk', 'nhsuk-frontend.min.js')
await copyFile(nhsuk, join(dist, 'nhsuk-frontend.min.js'))
for (const name of await readdir(join(assets, 'js'))) await copyFile(join(assets, 'js', name), join(dist, name))
await copyFile(join(assets, 'images', 'icon.svg'), join(dist, 'icon.svg'))

// The images that the style sheet names, and no others: some of the package's images are the NHS logo.
await mkdir(join(dist, 'images'))
for (const name of new Set(css.match(/(?<=url\("images\/)[^"]+/g))) {
  await copyFile(join(modules, 'nhsuk-frontend', 'dist', 'nhsuk', 'assets', 'images', name), join(dist, 'images', name))
}

// What dist was made of, by name and content: a test compares it with the sources, or a binary built without `make`
// carries last week's style sheet, in which new classes draw nothing.
const sum = createHash('sha256')
for (const folder of ['images', 'js', 'scss']) {
  for (const name of (await readdir(join(assets, folder))).sort()) {
    sum.update(`${folder}/${name}\n`).update(await readFile(join(assets, folder, name)))
  }
}
await writeFile(join(dist, 'sources'), sum.digest('hex'))
