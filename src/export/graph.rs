//! Networks as files of graph programs: GEXF 1.3 (Gephi) and GraphML.
//!
//! Sources: <https://gexf.net/1.3/gexf.xsd>, <http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd>. Nothing of the clock
//! goes in: the same network gives the same bytes.

use crate::facts::network::{Edge, Network, Node};
use std::borrow::Cow;
use std::io::{self, Write};

/// Names the formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Graph Exchange XML Format, of Gephi; periods are spells of its edges.
    Gexf,
    /// GraphML, of networkx, igraph, Cytoscape and others.
    Graphml,
}

/// An attribute of nodes: its name, its type in GEXF (GraphML's are `string` and `long`), and how it is read.
type Attribute = (&'static str, &'static str, fn(&Node) -> Option<Cow<'_, str>>);

const NODE_ATTRIBUTES: [Attribute; 7] = [
    ("kind", "string", |node| Some(node.kind.into())),
    ("type", "string", |node| node.type_.as_deref().map(Cow::from)),
    ("issuer", "string", |node| node.issuer.as_deref().map(Cow::from)),
    ("place", "string", |node| node.place.as_deref().map(Cow::from)),
    ("source", "string", |node| node.source.as_deref().map(Cow::from)),
    ("day", "string", |node| node.day.map(|day| day.to_string().into())),
    ("articles", "long", |node| Some(node.articles.to_string().into())),
];

/// Writes a network.
///
/// # Errors
/// When it cannot be written.
pub fn write(network: &Network, format: Format, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
    match format {
        Format::Gexf => gexf(network, out),
        Format::Graphml => graphml(network, out),
    }
}

fn gexf(network: &Network, out: &mut impl Write) -> io::Result<()> {
    let is_dynamic = network.edges.iter().any(|edge| edge.period.is_some());
    let mode = if is_dynamic { "mode=\"dynamic\" timeformat=\"date\"" } else { "mode=\"static\"" };
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    writeln!(out, "<graph defaultedgetype=\"{}\" {mode}>", direction(network))?;
    writeln!(out, "<attributes class=\"node\" mode=\"static\">")?;
    for (at, (name, kind, _)) in NODE_ATTRIBUTES.iter().enumerate() {
        writeln!(out, "<attribute id=\"{at}\" title=\"{name}\" type=\"{kind}\"/>")?;
    }
    writeln!(out, "</attributes>\n<attributes class=\"edge\" mode=\"static\">")?;
    writeln!(out, "<attribute id=\"0\" title=\"kind\" type=\"string\"/>\n</attributes>\n<nodes>")?;
    for node in &network.nodes {
        write!(out, "<node id=\"{}\" label=\"{}\"><attvalues>", escaped(&node.id), escaped(&node.label))?;
        for (at, (_, _, read)) in NODE_ATTRIBUTES.iter().enumerate() {
            if let Some(value) = read(node) {
                write!(out, "<attvalue for=\"{at}\" value=\"{}\"/>", escaped(&value))?;
            }
        }
        writeln!(out, "</attvalues></node>")?;
    }
    writeln!(out, "</nodes>\n<edges>")?;
    for (at, edge) in network.edges.iter().enumerate() {
        let (source, target) = ends(network, edge);
        write!(out, "<edge id=\"{at}\" source=\"{source}\" target=\"{target}\" weight=\"{}\"", edge.weight)?;
        if let Some((first, last)) = edge.period {
            write!(out, " start=\"{first}\" end=\"{last}\"")?;
        }
        writeln!(out, "><attvalues><attvalue for=\"0\" value=\"{}\"/></attvalues></edge>", edge.kind)?;
    }
    writeln!(out, "</edges>\n</graph>\n</gexf>")
}

fn graphml(network: &Network, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    let mut key = |id: &str, of: &str, name: &str, kind: &str| {
        writeln!(out, "<key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")
    };
    key("label", "node", "label", "string")?;
    for (name, kind, _) in NODE_ATTRIBUTES {
        key(name, "node", name, kind)?;
    }
    key("edge_kind", "edge", "kind", "string")?;
    key("weight", "edge", "weight", "long")?;
    key("start", "edge", "start", "string")?;
    key("end", "edge", "end", "string")?;
    writeln!(out, "<graph id=\"network\" edgedefault=\"{}\">", direction(network))?;
    for node in &network.nodes {
        write!(out, "<node id=\"{}\"><data key=\"label\">{}</data>", escaped(&node.id), escaped(&node.label))?;
        for (name, _, read) in NODE_ATTRIBUTES {
            if let Some(value) = read(node) {
                write!(out, "<data key=\"{name}\">{}</data>", escaped(&value))?;
            }
        }
        writeln!(out, "</node>")?;
    }
    for (at, edge) in network.edges.iter().enumerate() {
        let (source, target) = ends(network, edge);
        write!(out, "<edge id=\"e{at}\" source=\"{source}\" target=\"{target}\">")?;
        write!(out, "<data key=\"edge_kind\">{}</data><data key=\"weight\">{}</data>", edge.kind, edge.weight)?;
        if let Some((first, last)) = edge.period {
            write!(out, "<data key=\"start\">{first}</data><data key=\"end\">{last}</data>")?;
        }
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "</graph>\n</graphml>")
}

fn direction(network: &Network) -> &'static str {
    if network.directed { "directed" } else { "undirected" }
}

fn ends<'n>(network: &'n Network, edge: &Edge) -> (Cow<'n, str>, Cow<'n, str>) {
    (escaped(&network.nodes[edge.source].id), escaped(&network.nodes[edge.target].id))
}

/// Returns text as it may stand in XML; characters that XML has no place for are left out.
fn escaped(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '<' | '>' | '&' | '"') || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'));
    if !text.contains(special) && !text.contains(['\u{fffe}', '\u{ffff}']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if special(c) => {}
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}
