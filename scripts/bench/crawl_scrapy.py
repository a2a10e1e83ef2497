"""The Scrapy side of scripts/bench-crawl: follows every link of one host, obeys robots.txt, keeps a file a page."""

import hashlib
import pathlib
import sys

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor

START, BODIES = sys.argv[1], pathlib.Path(sys.argv[2])


class Everything(scrapy.Spider):
    name = "everything"
    start_urls = [START]
    links = LinkExtractor()
    custom_settings = {
        "ROBOTSTXT_OBEY": True,
        "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS": 16,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
        "COOKIES_ENABLED": False,
    }

    def parse(self, response):
        (BODIES / hashlib.sha1(response.url.encode()).hexdigest()).write_bytes(response.body)
        for link in self.links.extract_links(response):
            yield scrapy.Request(link.url)


process = CrawlerProcess()
process.crawl(Everything)
process.start()
