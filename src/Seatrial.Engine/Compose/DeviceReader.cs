using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary><c>devices</c>: <c>source[:target[:permissions]]</c>, or a mapping.</summary>
internal static class DeviceReader
{
    public static IReadOnlyList<ComposeDevice> Read(Field field) =>
        field.Given ? [.. field.Items().Select(ReadItem).OfType<ComposeDevice>()] : [];

    private static ComposeDevice? ReadItem(Field item)
    {
        if (item.IsMap)
        {
            if (!item["source"].Given)
            {
                item.Error("names no source.", "Write source: with the device's path below it.");
            }

            return item["source"].Word() is { } path
                ? Checked(item, path, item["target"].Word() ?? path, item["permissions"].Word() ?? "rwm")
                : null;
        }

        return item.Word()?.Split(':') switch
        {
            null => null,
            [var path] => Checked(item, path, path, "rwm"),
            [var path, var target] => Checked(item, path, target, "rwm"),
            [var path, var target, var permissions] => Checked(item, path, target, permissions),
            _ => Checked(item, "", "", ""),
        };
    }

    private static ComposeDevice? Checked(Field item, string source, string target, string permissions)
    {
        if (source.StartsWith('/') && target.StartsWith('/')
            && permissions.Length > 0 && permissions.All(letter => letter is 'r' or 'w' or 'm'))
        {
            return new ComposeDevice(source, target, permissions);
        }

        item.Error("is no device that the engine can give.", "Write /dev/source:/dev/target:rwm.");
        return null;
    }
}
