-- The counts stand beside the questions, without anything having been switched on, and follow the text.
local seeing = require('seeing')

local function wait_for_hint(text)
  seeing.wait(text, function()
    return vim.iter(seeing.hints()):any(function(label)
      return label:find(text, 1, true)
    end)
  end, seeing.hints)
end

wait_for_hint('19')
seeing.go_to('We compared it')
seeing.press('A Then the 😀 rain came.<Esc>')
wait_for_hint('24')
