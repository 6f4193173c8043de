namespace Seatrial.Engine.Compose.Merging;

/// <summary>Compose's rules by the path of a value, with * for names of the user's choice.</summary>
internal static class MergeRules
{
    private static readonly HashSet<string> _namings =
    [
        "services", "networks", "volumes", "secrets", "configs", "models", "services.*.networks",
        "services.*.depends_on", "services.*.ulimits", "services.*.models",
    ];

    private static readonly Dictionary<string, MergeRule> _rules = new()
    {
        ["networks.*.labels"] = MergeRule.Pairs,
        ["networks.*.driver_opts"] = MergeRule.Pairs,
        ["networks.*.ipam.config"] = MergeRule.Items,
        ["volumes.*.labels"] = MergeRule.Pairs,
        ["volumes.*.driver_opts"] = MergeRule.Pairs,
        ["secrets.*.labels"] = MergeRule.Pairs,
        ["configs.*.labels"] = MergeRule.Pairs,
        ["services.*.annotations"] = MergeRule.Pairs,
        ["services.*.build"] = MergeRule.Build,
        ["services.*.build.additional_contexts"] = MergeRule.Pairs,
        ["services.*.build.args"] = MergeRule.Pairs,
        ["services.*.build.extra_hosts"] = MergeRule.Items,
        ["services.*.build.labels"] = MergeRule.Pairs,
        ["services.*.build.platforms"] = MergeRule.Texts,
        ["services.*.build.tags"] = MergeRule.Texts,
        ["services.*.cap_add"] = MergeRule.Texts,
        ["services.*.cap_drop"] = MergeRule.Texts,
        ["services.*.command"] = MergeRule.Replace,
        ["services.*.configs"] = MergeRule.Items,
        ["services.*.depends_on"] = MergeRule.Dependencies,
        ["services.*.deploy.labels"] = MergeRule.Pairs,
        ["services.*.devices"] = MergeRule.Items,
        ["services.*.dns"] = MergeRule.Texts,
        ["services.*.dns_opt"] = MergeRule.Texts,
        ["services.*.dns_search"] = MergeRule.Texts,
        ["services.*.entrypoint"] = MergeRule.Replace,
        ["services.*.env_file"] = MergeRule.Items,
        ["services.*.environment"] = MergeRule.Pairs,
        ["services.*.expose"] = MergeRule.Texts,
        ["services.*.extra_hosts"] = MergeRule.Items,
        ["services.*.group_add"] = MergeRule.Texts,
        ["services.*.healthcheck.test"] = MergeRule.Replace,
        ["services.*.label_file"] = MergeRule.Texts,
        ["services.*.labels"] = MergeRule.Pairs,
        ["services.*.links"] = MergeRule.Texts,
        ["services.*.logging"] = MergeRule.Logging,
        ["services.*.models"] = MergeRule.Names,
        ["services.*.networks"] = MergeRule.Names,
        ["services.*.networks.*.aliases"] = MergeRule.Texts,
        ["services.*.networks.*.link_local_ips"] = MergeRule.Texts,
        ["services.*.ports"] = MergeRule.Items,
        ["services.*.profiles"] = MergeRule.Texts,
        ["services.*.secrets"] = MergeRule.Items,
        ["services.*.storage_opt"] = MergeRule.Pairs,
        ["services.*.sysctls"] = MergeRule.Pairs,
        ["services.*.tmpfs"] = MergeRule.Texts,
        ["services.*.ulimits.*"] = MergeRule.Replace,
        ["services.*.volumes"] = MergeRule.Items,
        ["include"] = MergeRule.Items,
    };

    public static MergeRule Of(string pattern) => _rules.GetValueOrDefault(pattern);

    /// <summary>The pattern of a key below another pattern.</summary>
    public static string Below(string pattern, string key) =>
        pattern.Length is 0 ? key : _namings.Contains(pattern) ? pattern + ".*" : $"{pattern}.{key}";
}
