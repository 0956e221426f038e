-- A small form body, so that the floor reads about what the product reads.
wrk.method = "POST"
wrk.body = "token=" .. string.rep("x", 100) .. "&d=" .. string.rep("0", 32)
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
