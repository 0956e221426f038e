-- Sends prepared filings, each once: wrk -s filing.lua URL -- FILE FIRST
local lines, at = {}, 1

function init(arguments)
    local number = 0
    for line in io.lines(arguments[1]) do
        number = number + 1
        if number > tonumber(arguments[2]) then
            lines[#lines + 1] = line
        end
    end
end

function request()
    local line = lines[at]
    at = at + 1
    if line == nil then
        wrk.thread:stop()
        line = lines[#lines]
    end
    local cookie, path, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)")
    return wrk.format("POST", path, {
        ["Cookie"] = cookie,
        ["Content-Type"] = "application/x-www-form-urlencoded",
        ["Connection"] = "keep-alive",
    }, body)
end

local receipts, others = 0, 0
function response(status)
    if status == 303 then receipts = receipts + 1 else others = others + 1 end
end

function done(summary, latency)
    io.write(string.format("RESULT %.1f %d %d\n", summary.requests / (summary.duration / 1e6), latency.mean, summary.errors.status))
end
