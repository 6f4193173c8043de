using Seatrial.Wire;

namespace Seatrial.Worker.Configuration;

/// <summary>A setting with what was read for it.</summary>
/// <param name="Option">With the name of its database or service filled in.</param>
/// <param name="Given">Null when the default holds.</param>
internal sealed record ReadSetting(ContainerOption Option, Setting? Given)
{
    /// <summary>Null when it is not set and has no default.</summary>
    public ConfigurationValue? Shown
    {
        get
        {
            var text = Given?.Text ?? Option.Default;
            return text is null
                ? null
                : new ConfigurationValue(
                    Option.Variable,
                    Option.IsSecret ? Masking.Of(text) : text,
                    Given?.Source ?? ConfigurationValue.FromDefault);
        }
    }
}
