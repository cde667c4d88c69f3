-- :checkhealth knows the server and finds nothing wrong.
local seeing = require('seeing')

seeing.wait_for_findings()
vim.cmd.checkhealth('reportls')
local text = seeing.text()
assert(text:find('a server runs for one file', 1, true), text)
assert(not text:find('ERROR', 1, true) and not text:find('WARNING', 1, true), text)
