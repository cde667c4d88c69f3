-- K tells about the question under the cursor, and about a figure behind an emoji.
local seeing = require('seeing')

seeing.wait_for_findings()
seeing.go_to('### Question 4')
seeing.press('K')
local text = seeing.floating_text()
assert(text:find('19', 1, true) and text:find('40', 1, true), text)

vim.cmd.fclose()
seeing.go_to('![The sensors')
seeing.press('i😀😀 <Esc>')
seeing.go_to('figures/wiring.png')
seeing.press('K')
text = seeing.floating_text()
assert(text:find('wiring.png', 1, true), text)
