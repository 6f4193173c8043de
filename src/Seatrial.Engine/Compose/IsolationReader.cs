using Seatrial.Engine.Yaml;

namespace Seatrial.Engine.Compose;

/// <summary>What a container shares with the host or with others.</summary>
internal static class IsolationReader
{
    public static ComposeIsolation Read(Field service) => new()
    {
        Pid = service["pid"].Word(),
        Ipc = service["ipc"].Word(),
        Uts = service["uts"].OneOf("host"),
        UserNamespace = service["userns_mode"].OneOf("host"),
        Cgroup = service["cgroup"].OneOf("host", "private"),
        CgroupParent = service["cgroup_parent"].Word(),
        DeviceCgroupRules = service["device_cgroup_rules"].Texts(),
        Runtime = service["runtime"].Word(),
    };
}
