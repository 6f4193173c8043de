using System.Xml;
using System.Xml.Linq;

namespace Seatrial.Reports.Tests;

/// <summary>A page read strictly: as XML, which refuses what is unbalanced, unquoted or unescaped.</summary>
internal sealed class ParsedPage
{
    private ParsedPage(XDocument document) => Document = document;

    public XDocument Document { get; }

    public IEnumerable<XElement> Elements(string name) =>
        Document.Descendants().Where(element => element.Name.LocalName == name);

    public IEnumerable<XAttribute> Attributes => Document.Descendants().SelectMany(element => element.Attributes());

    public string Text => Elements("body").Single().Value;

    public static ParsedPage Of(string html)
    {
        // Style and script are not escaped in HTML, so XML may not read them.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore };
        using var reader = XmlReader.Create(new StringReader(WithCData(WithCData(html, "style"), "script")), settings);
        return new ParsedPage(XDocument.Load(reader, LoadOptions.PreserveWhitespace));
    }

    private static string WithCData(string html, string tag) => html
        .Replace($"<{tag}>", $"<{tag}><![CDATA[", StringComparison.Ordinal)
        .Replace($"</{tag}>", $"]]></{tag}>", StringComparison.Ordinal);
}
