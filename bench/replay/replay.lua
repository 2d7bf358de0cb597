-- Run by wrk: sends each line of a file in turn (path, cookie, tag of the copy the browser holds), then says what was seen.
local requests, turn = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local path, cookie, tag = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)$")
    local headers = {
      ["Host"] = "localhost",
      ["X-Forwarded-Proto"] = "https",
      ["Accept-Encoding"] = "gzip, deflate, br, zstd",
      ["Accept-Language"] = "fr",
    }
    if cookie ~= "" then headers["Cookie"] = cookie end
    if tag ~= "" then headers["If-None-Match"] = tag end
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    "RESULT requests=%d microseconds=%d bytes=%d errors=%d p50=%d p95=%d p99=%d\n",
    summary.requests, summary.duration, summary.bytes,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
