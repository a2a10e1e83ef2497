//! Bars over time: for the terminal, and as a picture.

/// Characters of the longest bar of a chart.
const CHART_WIDTH: f64 = 50.0;

/// Draws bars (name, height, number of articles) for the terminal.
pub fn chart(title: &str, bars: &[(String, f64, u64)]) -> String {
    let highest = bars.iter().map(|bar| bar.1).fold(f64::MIN_POSITIVE, f64::max);
    let mut chart = format!("{title}\n");
    for (name, height, articles) in bars {
        let eighths = (height / highest * CHART_WIDTH * 8.0).round() as usize;
        let mut bar = "█".repeat(eighths / 8);
        bar.extend(['▏', '▎', '▍', '▌', '▋', '▊', '▉'].get((eighths % 8).wrapping_sub(1)));
        chart += &format!("{name:>7}  {bar} {height:.3} ({articles} articles)\n");
    }
    chart
}

/// Draws bars (name, height, number of articles) as an SVG picture; each bar says its numbers when it is pointed at.
pub fn svg(title: &str, bars: &[(String, f64, u64)]) -> String {
    let (width, height, step) = (bars.len() * 28 + 80, 320, 28);
    let highest = bars.iter().map(|bar| bar.1).fold(f64::MIN_POSITIVE, f64::max);
    let escaped = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <title>{escaped}</title>\n<text x=\"60\" y=\"16\" font-size=\"13\">{escaped}</text>\n\
         <path d=\"M58 30V260H{}\" fill=\"none\" stroke=\"#444\"/>\n\
         <text x=\"54\" y=\"36\" text-anchor=\"end\">{highest:.2}</text>\n<text x=\"54\" y=\"262\" text-anchor=\"end\">0</text>\n",
        width - 16
    );
    for (at, (name, value, articles)) in bars.iter().enumerate() {
        let (x, tall) = (60 + at * step, value / highest * 230.0);
        svg += &format!(
            "<rect x=\"{x}\" y=\"{:.1}\" width=\"22\" height=\"{tall:.1}\" fill=\"#3b6ea5\"><title>{name}: {value:.4} ({articles} articles)</title></rect>\n\
             <text transform=\"translate({} 272) rotate(60)\">{name}</text>\n",
            260.0 - tall,
            x + 6
        );
    }
    svg + "</svg>\n"
}
