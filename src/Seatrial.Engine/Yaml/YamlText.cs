using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Seatrial.Engine.Yaml;

/// <summary>A tree as text.</summary>
internal static partial class YamlText
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>As YAML; what is text is quoted wherever a reader could take it for something else.</summary>
    public static string Yaml(YamlNode root)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings(
            bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(root, emitter);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    /// <summary>As JSON, which is YAML too.</summary>
    public static string Json(YamlNode root) => ToJson(root)?.ToJsonString(_json) + "\n";

    private static void Emit(YamlNode node, Emitter emitter)
    {
        switch (node)
        {
            case YamlNode.Map map:
                emitter.Emit(new MappingStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true,
                    map.Entries.Count is 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var entry in map.Entries)
                {
                    emitter.Emit(Scalar(entry.Key, isText: true));
                    Emit(entry.Value, emitter);
                }

                emitter.Emit(new MappingEnd());
                break;
            case YamlNode.List list:
                emitter.Emit(new SequenceStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true,
                    list.Items.Count is 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list.Items)
                {
                    Emit(item, emitter);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case YamlNode.Scalar scalar:
                emitter.Emit(scalar.Kind is ScalarKind.Null
                    ? Scalar("null", isText: false)
                    : Scalar(scalar.Text, scalar.Kind is ScalarKind.Text));
                break;
        }
    }

    private static Scalar Scalar(string text, bool isText) => new(
        AnchorName.Empty,
        TagName.Empty,
        text,
        !isText || Harmless().IsMatch(text) && ScalarKinds.Of(text) is ScalarKind.Text && !Truths().IsMatch(text)
            ? ScalarStyle.Plain
            : ScalarStyle.DoubleQuoted,
        isPlainImplicit: true,
        isQuotedImplicit: true);

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlNode.Map map => new JsonObject(
            map.Entries.Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value)))),
        YamlNode.List list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlNode.Scalar { Kind: ScalarKind.Boolean } scalar =>
            JsonValue.Create(scalar.Text is "true" or "True" or "TRUE"),
        YamlNode.Scalar { Kind: ScalarKind.Number } scalar when long.TryParse(scalar.Text, out var number)
            && $"{number}" == scalar.Text => JsonValue.Create(number),
        YamlNode.Scalar { Kind: ScalarKind.Null } => null,
        YamlNode.Scalar scalar => JsonValue.Create(scalar.Text),
        _ => null,
    };

    // No sign that means something in YAML, no blank at either end, no colon that might end a key.
    [GeneratedRegex(@"^[A-Za-z0-9_./][A-Za-z0-9_./=+@-]*\z")]
    private static partial Regex Harmless();

    // Readers of YAML 1.1 take these for truth values, and digits with colons for numbers of base 60.
    [GeneratedRegex(@"^(?:y|n|yes|no|on|off|=|[-+]?[0-9][0-9_.]*)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Truths();
}
