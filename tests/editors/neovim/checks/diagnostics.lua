-- Every finding of the sample lies under its own words, also behind emoji, which are of another length in each encoding.
local seeing = require('seeing')

local EXPECTED = {
  ['answer-too-short'] = '40-80 words',
  ['image-case-mismatch'] = 'figures/Temperature.png',
  ['unclosed-fence'] = '```',
  ['placeholder-left'] = '--- question 7 fill here ---',
  ['unanswered'] = '--- question 8 fill here ---',
  ['answer-too-long'] = '20-40 words',
  ['too-few-images'] = 'a figure',
  ['image-not-embedded'] = '[a first sketch](figures/sketch.png)',
}

local function wait_for_all()
  seeing.wait('the findings under their words', function()
    return vim.deep_equal(EXPECTED, seeing.found())
  end, seeing.found)
end

wait_for_all()
for _, words in ipairs({ '![The temp', 'look: [a', 'Recommended answer length: 40-80' }) do
  seeing.go_to(words)
  seeing.press('i🌦️😀 é<Esc>')
end
wait_for_all()
