-- serve_load.lua - for wrk: every client asks for feeds in turn, for the first with the ETag that was
-- seen of it (that one, version 100000, is not replaced), and looks at each answer. Environment:
-- TOKENS, a file of tokens. Prints what was seen.

local tokens, threads = {}, {}
local number, tag = 0, nil
good, same, bad, first = 0, 0, 0, ""

for line in io.lines(os.getenv("TOKENS")) do
    tokens[#tokens + 1] = line
end

function setup(thread)
    table.insert(threads, thread)
end

function request()
    number = number + 1
    local which = number % #tokens + 1
    local headers = {Host = "feeds.example"}
    if which == 1 then
        headers["If-None-Match"] = tag
    end
    return wrk.format("GET", "/" .. tokens[which] .. ".ics", headers)
end

local function complain(text)
    bad = bad + 1
    if first == "" then
        first = text
    end
end

function response(status, headers, body)
    local head = string.match(body, "\r\nX%-VERSION:(%d+)\r\n")
    local tail = string.match(body, "\r\nX%-VERSION:(%d+)\r\nEND:VCALENDAR\r\n$")
    if status == 304 and body == "" then
        same = same + 1
    elseif status ~= 200 then
        complain("status " .. status)
    elseif string.sub(body, 1, 17) ~= "BEGIN:VCALENDAR\r\n" or not head or head ~= tail or
        tonumber(headers["Content-Length"]) ~= #body then
        complain("a body that is not whole")
    else
        good = good + 1
        if head == "100000" then
            tag = headers["ETag"]
        end
    end
end

function done(summary)
    local all = {good = 0, same = 0, bad = 0}
    local text = ""
    for _, thread in ipairs(threads) do
        all.good = all.good + thread:get("good")
        all.same = all.same + thread:get("same")
        all.bad = all.bad + thread:get("bad")
        text = text .. thread:get("first")
    end
    local errors = summary.errors
    io.write(string.format("LOAD good %d same %d bad %d failed %d %s\n", all.good, all.same, all.bad,
        errors.connect + errors.read + errors.write + errors.timeout, text))
end
