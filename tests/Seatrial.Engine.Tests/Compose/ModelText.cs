using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Seatrial.Engine.Compose;

namespace Seatrial.Engine.Tests.Compose;

/// <summary>A model as text, to compare it with another one.</summary>
internal static class ModelText
{
    private static readonly JsonSerializerOptions _form = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Without the places in the files, which differ where the meaning is the same.</summary>
    public static string Of(ComposeProject project) => JsonSerializer.Serialize(
        project with { Positions = new Dictionary<string, SourcePosition>(), File = "", Files = [] }, _form);

    public static string Of<T>(T part) => JsonSerializer.Serialize(part, _form);
}
