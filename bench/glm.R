# The same logit by glm.fit, its CPU time, and how far the coefficients and standard errors are apart.
# Rscript glm.R DIR
dir <- commandArgs(trailingOnly = TRUE)[1]
n <- file.size(file.path(dir, "y.bin")) / 8
y <- readBin(file.path(dir, "y.bin"), "double", n)
x <- matrix(readBin(file.path(dir, "x.bin"), "double", 9 * n), ncol = 9, byrow = TRUE)
ours <- scan(file.path(dir, "ours.txt"), quiet = TRUE)
times <- sapply(1:3, function(k) sum(system.time(fit <<- glm.fit(x, y, family = binomial()))[1:2]))
# At the estimate itself, for the standard errors.
again <- glm.fit(x, y, family = binomial(), start = fit$coefficients)
again <- glm.fit(x, y, family = binomial(), start = again$coefficients)
se <- sqrt(diag(chol2inv(again$qr$qr[1:9, 1:9])))
apart <- max(abs(c(again$coefficients, se) - ours[-1]))
cat(sprintf("R glm.fit: %.2f s of CPU (median of 3); %.1f times ours; coefficients and standard errors at most %.1e apart\n",
            median(times), median(times) / ours[1], apart))
if (apart > 1e-8) quit(status = 1)
