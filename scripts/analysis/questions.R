#!/usr/bin/env Rscript
# The same three questions in base R, from the CSV tables.
# usage: Rscript questions.R TABLES PLOTS    (TABLES: a folder with articles.csv, citations.csv, figures.csv)

# In a locale without UTF-8 no pattern with diacritics would ever match.
if (!l10n_info()[["UTF-8"]] && Sys.setlocale("LC_CTYPE", "C.UTF-8") == "") stop("set a UTF-8 locale, such as LC_ALL=C.UTF-8")

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 2) stop("usage: Rscript questions.R TABLES PLOTS")
tables <- arguments[1]
plots <- arguments[2]
dir.create(plots, showWarnings = FALSE, recursive = TRUE)
read_table <- function(name) {
  read.csv(file.path(tables, paste0(name, ".csv")), encoding = "UTF-8", na.strings = "", check.names = FALSE, quote = "\"")
}
year_of <- function(text) suppressWarnings(as.integer(substr(text, 1, 4)))
write_table <- function(table, name) write.csv(table, file.path(plots, name), row.names = FALSE, fileEncoding = "UTF-8")
plot_to <- function(name) png(file.path(plots, name), width = 800, height = 500, type = "cairo")

# 1. Poverty rate by place and year: every value, of the whole place alone
figures <- read_table("figures")
rates <- figures[figures$indicator == "poverty" & figures$measure == "level" & figures$unit == "%" &
  figures$nature == "measured" & figures$low == figures$high & is.na(figures$subgroup) &
  figures$place_from %in% c("indicator", "sentence", "title", "source") & !is.na(figures$period), ]
rates$year <- year_of(rates$period)
plot_to("poverty_rate.png")
if (nrow(rates) > 0) {
  by_year <- unique(data.frame(place = rates$place, year = rates$year, rate = rates$low))
  by_year <- by_year[order(by_year$place, by_year$year, by_year$rate, method = "radix"), ]
  print(by_year, row.names = FALSE)
  write_table(by_year, "poverty_rate.csv")
  plot(by_year$year, by_year$rate, col = factor(by_year$place), pch = 19, xlab = "năm", ylab = "%",
    main = "Tỷ lệ hộ nghèo theo báo chí")
} else {
  cat("no poverty rate in this export\n")
  plot.new()
}
invisible(dev.off())

# 2. Which resolutions are cited how long after their issue
citations <- read_table("citations")
resolutions <- citations[citations$type %in% c("NQ", "NQLT") & !is.na(citations$published_day), ]
first <- sub("\\|.*", "", citations$issued)
day <- as.Date(ifelse(nchar(first) == 10, first, NA), format = "%Y-%m-%d")
# A document is dated by any article that dates it to the day, else by the year of its number (middle of the year).
dated <- !is.na(day)
days <- tapply(as.numeric(day[dated]), citations$document[dated], min)
exact <- as.Date(as.numeric(days[resolutions$document]), origin = "1970-01-01")
middle <- as.Date(ifelse(is.na(resolutions$year), NA, paste0(resolutions$year, "-07-01")))
exact[is.na(exact)] <- middle[is.na(exact)]
resolutions$days <- as.numeric(as.Date(resolutions$published_day) - exact)
resolutions$age <- resolutions$days / 365.25
resolutions <- resolutions[!is.na(resolutions$days) & resolutions$days >= -183, ]
plot_to("citation_age.png")
if (nrow(resolutions) > 0) {
  print(head(sort(table(resolutions$value), decreasing = TRUE), 10))
  ages <- aggregate(age ~ document, resolutions, function(ages) c(length(ages), median(ages)))
  ages <- data.frame(document = ages$document, articles = ages$age[, 1], median_age = ages$age[, 2])
  write_table(ages[order(ages$document, method = "radix"), ], "citation_age.csv")
  hist(pmax(resolutions$age, 0), xlab = "năm sau ngày ban hành", ylab = "số cặp bài - văn bản", main = "Tuổi của nghị quyết khi được viện dẫn")
} else {
  cat("no dated resolution in this export\n")
  plot.new()
}
invisible(dev.off())

# 3. Share of articles with a figure
articles <- read_table("articles")
year <- year_of(articles$published_day)
share <- tapply(articles$percents > 0, ifelse(is.na(year), "undated", as.character(year)), mean)
print(round(share, 3))
write_table(data.frame(year = names(share), with_figure = as.numeric(share)), "share_with_figure.csv")
plot_to("share_with_figure.png")
barplot(100 * share, ylab = "% số bài", main = "Tỷ lệ bài có số liệu")
invisible(dev.off())
