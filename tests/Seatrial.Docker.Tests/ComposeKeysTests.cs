using Seatrial.Engine.Compose;
using Seatrial.Engine.Drivers;
using Seatrial.Engine.Environments;
using Seatrial.Testing;

namespace Seatrial.Docker.Tests;

/// <summary>What a Compose file asks for is what a container sees.</summary>
[Trait("Needs", "Docker")]
public sealed class ComposeKeysTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seatrial-keys-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_container_has_the_limits_names_files_and_variables_that_the_file_gives_it()
    {
        File.WriteAllText(Path.Combine(_folder, "app.env"), "FROM_FILE=file\nBOTH=file\n");
        File.WriteAllText(Path.Combine(_folder, "token.txt"), "in a file");
        var output = await OutputAsync(
            """
            services:
              app:
                image: debian:bookworm-slim
                env_file: app.env
                environment: {BOTH: own}
                user: "1000:1000"
                group_add: ["4242"]
                hostname: shown
                domainname: example.org
                extra_hosts: ["other=192.0.2.7", "six=2001:db8::1"]
                dns: 192.0.2.53
                dns_search: [example.net]
                dns_opt: ["ndots:3"]
                ulimits: {nofile: {soft: 1234, hard: 2345}, core: 0}
                sysctls: {net.core.somaxconn: 321}
                oom_score_adj: 77
                init: true
                tty: false
                stop_signal: SIGINT
                shm_size: 32m
                cap_add: [NET_ADMIN]
                tmpfs: ["/scratch:size=8m,mode=1777"]
                devices: ["/dev/zero:/dev/nought:r"]
                mem_limit: 64m
                mem_reservation: 32m
                cpu_shares: 512
                cpuset: "0"
                logging: {driver: json-file, options: {max-size: 1m}}
                networks: {data: {ipv4_address: 10.231.7.9, aliases: [alias]}}
                secrets:
                  - from_file
                  - {source: from_text, target: shown, uid: "1000", gid: "1000", mode: 0400}
                configs: [{source: settings, target: /etc/app/settings.ini}]
                healthcheck: {test: [CMD, test, -f, /scratch/done], interval: 200ms, retries: 50}
                entrypoint: [bash, -c]
                command:
                  - |
                    echo "vars $$FROM_FILE $$BOTH"
                    echo "who $$(id -u) $$(id -g) $$(id -G) $$(hostname) $$(cat /proc/sys/kernel/domainname)"
                    echo "limits $$(ulimit -Sn) $$(ulimit -Hn) $$(ulimit -c) $$(cat /proc/self/oom_score_adj)"
                    echo "sysctl $$(cat /proc/sys/net/core/somaxconn)"
                    echo "hosts $$(grep -c -e '192.0.2.7.other' -e '2001:db8::1.six' /etc/hosts)"
                    echo "dns $$(tr '\n' ' ' < /etc/resolv.conf)"
                    echo "device $$(head -c 3 /dev/nought | wc -c)"
                    echo "secret $$(cat /run/secrets/from_file), $$(cat /run/secrets/shown), $$(stat -c '%u %g %a' /run/secrets/shown)"
                    echo "config $$(cat /etc/app/settings.ini) $$(stat -c '%u %a' /etc/app/settings.ini)"
                    echo "address $$(hostname -I)"
                    echo "cpus $$(nproc)"
                    touch /scratch/done
                    sleep 1000
            networks:
              data: {ipam: {config: [{subnet: 10.231.7.0/24, gateway: 10.231.7.1}]}}
            secrets:
              from_file: {file: token.txt}
              from_text: {environment: TOKEN}
            configs:
              settings: {content: "a=1"}
            """);

        Assert.Equal("vars file own", output[0]);
        Assert.Equal("who 1000 1000 1000 4242 shown example.org", output[1]);
        Assert.Equal("limits 1234 2345 0 77", output[2]);
        Assert.Equal("sysctl 321", output[3]);
        Assert.Equal("hosts 2", output[4]);
        Assert.Contains("search example.net", output[5], StringComparison.Ordinal);
        Assert.Contains("ndots:3", output[5], StringComparison.Ordinal);
        Assert.Equal("device 3", output[6]);
        Assert.Equal("secret in a file, in a variable, 1000 1000 400", output[7]);
        Assert.Equal("config a=1 0 444", output[8]);
        Assert.StartsWith("address 10.231.7.9", output[9], StringComparison.Ordinal);
        Assert.Equal("cpus 1", output[10]);
    }

    [Fact]
    public async Task A_container_whose_root_is_read_only_has_its_secrets_and_configs_too()
    {
        var output = await OutputAsync(
            """
            services:
              app:
                image: debian:bookworm-slim
                read_only: true
                tmpfs: [/scratch]
                secrets: [token]
                configs: [{source: settings, target: /etc/app/settings.ini}]
                healthcheck: {test: [CMD, test, -f, /scratch/done], interval: 200ms, retries: 50}
                command:
                  - bash
                  - -c
                  - cat /run/secrets/token; echo; cat /etc/app/settings.ini; echo; touch /scratch/done; sleep 1000
            secrets: {token: {environment: TOKEN}}
            configs: {settings: {content: "a=1"}}
            """);

        Assert.Equal(["in a variable", "a=1"], output);
    }

    [Fact]
    public async Task Containers_share_networks_and_processes_and_know_each_other_by_links()
    {
        var output = await OutputAsync(
            """
            services:
              main:
                image: debian:bookworm-slim
                command: [sleep, "12321"]
                networks: {data: {ipv4_address: 10.231.8.9}}
              app:
                image: debian:bookworm-slim
                tmpfs: [/scratch]
                pid: service:main
                network_mode: service:main
                healthcheck: {test: [CMD, test, -f, /scratch/done], interval: 200ms, retries: 50}
                command:
                  - bash
                  - -c
                  - >-
                    tr '\0' ' ' < /proc/1/cmdline; echo; hostname -I; touch /scratch/done; sleep 1000
              linked:
                image: debian:bookworm-slim
                links: ["main:database"]
                networks: [data]
                tmpfs: [/scratch]
                healthcheck: {test: [CMD, getent, hosts, database], interval: 200ms, retries: 50}
                command: [sleep, "1000"]
            networks: {data: {ipam: {config: [{subnet: 10.231.8.0/24}]}}}
            """);

        Assert.Equal(["sleep 12321 ", "10.231.8.9 "], output);
    }

    private async Task<IReadOnlyList<string>> OutputAsync(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "compose.yaml"), text);
        var reading = ComposeReader.Read(_folder, new Dictionary<string, string> { ["TOKEN"] = "in a variable" });
        Assert.True(reading.Project is not null, string.Join('\n', reading.Problems));
        Assert.Empty(reading.Problems);
        var driver = await TestEngine.DriverAsync();
        var plan = EnvironmentPlans.Plan(reading.Project, new EnvironmentOptions { RunId = TestEngine.NewRunId() });
        await using var environment = await new EnvironmentRunner(driver, TimeProvider.System)
            .StartAsync(plan, null, Token);
        var container = environment.Containers.Single(container => container.Service == "app");
        return await ((ICanReadLogs)driver.Containers).LogsAsync(container.Id, null, Token);
    }
}
