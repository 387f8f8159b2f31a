# Known answers from R's `survival` and `glm`, one line a number: case, place, value.
# In this folder: Rscript oracle.R ../data > oracle.tsv writes a part of each curve; with `all` behind it, all of it.
suppressPackageStartupMessages(library(survival))
typed <- commandArgs(trailingOnly = TRUE)
data <- typed[1]
every <- function(n) if (length(typed) > 1 && typed[2] == "all" || n < 20) 1 else ceiling(n / 12)
read <- function(name) read.csv(file.path(data, name), stringsAsFactors = FALSE, encoding = "UTF-8")
say <- function(case, values) {
  n <- length(values)
  at <- unique(c(seq(1, n, by = every(n)), n))
  cat(sprintf("%s\t%d\t%.15g\n", case, at - 1L, values[at]), sep = "")
}

curves <- function(case, entry, exit, cause, copies = rep(1, length(exit))) {
  left <- any(entry > 0)
  y <- if (left) Surv(entry, exit, cause > 0) else Surv(exit, cause > 0)
  for (type in c("plain", "log", "log-log")) {
    s <- survfit(y ~ 1, weights = copies, conf.type = type, timefix = FALSE, robust = FALSE)
    say(paste0(case, ".km.", type, ".low"), s$lower)
    say(paste0(case, ".km.", type, ".high"), s$upper)
  }
  say(paste0(case, ".km.time"), s$time)
  say(paste0(case, ".km.risk"), s$n.risk)
  say(paste0(case, ".km.survival"), s$surv)
  say(paste0(case, ".km.se"), s$surv * s$std.err)
  say(paste0(case, ".na.hazard"), s$cumhaz)
  say(paste0(case, ".na.se"), s$std.chaz)
  if (any(copies != 1)) return(invisible())
  state <- factor(cause, 0:max(cause))
  id <- seq_along(exit)
  m <- if (left) survfit(Surv(entry, exit, state) ~ 1, id = id, timefix = FALSE)
       else survfit(Surv(exit, state) ~ 1, timefix = FALSE)
  for (k in seq_len(ncol(m$pstate))) {
    say(paste0(case, ".aj.share.", k - 1), m$pstate[, k])
    say(paste0(case, ".aj.se.", k - 1), m$std.err[, k])
  }
}

logit <- function(case, formula, rows, family = binomial, weights = NULL) {
  rows$.w <- if (is.null(weights)) rep(1, nrow(rows)) else weights
  again <- suppressWarnings(glm(formula, family, rows, weights = .w))
  # Twice more from where it stopped: glm ends at 1e-8, and takes standard errors of the round before. (A smaller
  # epsilon would also keep it from seeing that a column depends on others.)
  for (n in 1:2) {
    start <- ifelse(is.na(coef(again)), 0, coef(again))
    again <- suppressWarnings(glm(formula, family, rows, weights = .w, start = start))
  }
  say(paste0(case, ".coefficient"), coef(again))
  se <- rep(NA_real_, length(coef(again)))
  se[!is.na(coef(again))] <- summary(again)$coefficients[, 2]
  say(paste0(case, ".se"), se)
  say(paste0(case, ".deviance"), deviance(again))
}

# Rows of a spell: period 0, 1, … of its length; the last one has the event. A period is complete or the last.
periods <- function(d) {
  n <- pmax(1, ceiling(d$length))
  rows <- d[rep(seq_len(nrow(d)), n), ]
  rows$period <- sequence(n) - 1
  last <- cumsum(n)
  rows$event <- 0
  rows$event[last] <- d$cause
  rows[rows$period >= d$watched[rep(seq_len(nrow(d)), n)], ]
}
band <- function(v, edges) cut(v, c(-Inf, edges, Inf), right = FALSE)

# Senators: days, three causes; entered before 1950, watched from then on.
d <- read("lifelines-canadian_senators.csv")
d <- d[d$diff_days > 0, ]
d$cause <- match(d$reason, c("Death", "Resignation", "Retirement"), nomatch = 0)
start <- as.numeric(as.Date(substr(d$start_date, 1, 10)))
curves("senators", rep(0, nrow(d)), d$diff_days, d$cause)
from <- pmax(0, as.numeric(as.Date("1950-01-01")) - start)
late <- d$diff_days > from
curves("senators.late", from[late], d$diff_days[late], d$cause[late])
curves("senators.copies", rep(0, nrow(d)), d$diff_days, d$cause, 1 + seq_len(nrow(d)) %% 3)
d$length <- d$diff_days / 365.25
d$year <- as.numeric(substr(d$start_date, 1, 4))
d$liberal <- as.numeric(grepl("Liberal", d$Political.Affiliation.at.Appointment))
d$watched <- 0
rows <- periods(d)
for (k in 1:3)
  logit(paste0("senators.logit.", k), event == k ~ band(period, c(2, 5, 10, 20, 30)) + liberal + year, rows[rows$event %in% c(0, k), ])
d$watched <- ceiling(from / 365.25)
rows <- periods(d)
logit("senators.logit.late", event == 1 ~ band(period, c(2, 5, 10, 20, 30)) + liberal + year, rows[rows$event %in% c(0, 1), ])

# Leaders: years, one cause; those from before 1960 watched from then on.
d <- read("lifelines-dd.csv")
d$cause <- d$observed
curves("leaders", rep(0, nrow(d)), d$duration, d$cause)
from <- pmax(0, 1960 - d$start_year)
late <- d$duration > from
curves("leaders.late", from[late], d$duration[late], d$cause[late])
d$length <- d$duration
d$watched <- 0
rows <- periods(d)
rows$regime <- factor(rows$regime, c("Parliamentary Dem", "Civilian Dict", "Military Dict", "Mixed Dem", "Monarchy", "Presidential Dem"))
f <- event == 1 ~ band(period, c(1, 2, 4, 8, 16)) + regime + start_year
logit("leaders.logit", f, rows)
logit("leaders.logit.copies", f, rows, weights = 1 + rows$start_year %% 3)
logit("leaders.logit.offset", update(f, . ~ . + offset(period / 10)), rows)
rows$again <- 2 * rows$start_year - 3
logit("leaders.logit.aliased", event == 1 ~ start_year + again + regime, rows)

# Cabinet: days; ends told apart by the column `combined` for the arithmetic alone.
d <- read("us-cabinet-turnover-312.csv")
d <- d[!is.na(d$length) & d$length > 0, ]
d$cause <- ifelse(is.na(d$combined), 0, 1 + d$combined)
curves("cabinet", rep(0, nrow(d)), d$length, d$cause)
from <- ifelse(d$rownames %% 3 == 0, 100, 0)
late <- d$length > from
curves("cabinet.late", from[late], d$length[late], d$cause[late])
d$length <- d$length / 180
d$watched <- 0
rows <- periods(d)
rows$president <- factor(rows$president, c("Carter", "Reagan", "Bush 41", "Clinton", "Bush 43", "Obama", "Trump"))
logit("cabinet.logit", event > 0 ~ period + I(period^2) + president, rows)
