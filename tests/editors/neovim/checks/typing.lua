-- An answer that is too short is written on until it is long enough.
local seeing = require('seeing')

seeing.wait_for_findings()
assert(seeing.found()['answer-too-short'])
seeing.wait_for_status('6/10 passed')
seeing.go_to('We compared it')
for _ = 1, 7 do
  seeing.press('A Then 🌧️ came.<Esc>')
end
seeing.wait_until_gone('answer-too-short')
seeing.wait_for_status('7/10 passed')
assert(seeing.found()['unanswered'], 'the other findings stay')
