using System.Reflection;

namespace Seatrial.Architecture.Tests;

public sealed class TypeTests
{
    // What generators write into our assemblies is theirs.
    private static readonly string[] GeneratedNamespaces =
        ["System.Text.RegularExpressions.Generated", "System.Runtime.CompilerServices"];

    private static readonly IReadOnlyList<Assembly> Assemblies =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(path => Path.GetFileName(path) is "seatrial.dll"
                || (Path.GetFileName(path).StartsWith("Seatrial.", StringComparison.Ordinal)
                    && !path.EndsWith(".Tests.dll", StringComparison.Ordinal)
                    && !path.EndsWith("Seatrial.Testing.dll", StringComparison.Ordinal)))
            .Select(Assembly.LoadFrom),
    ];

    private static readonly IReadOnlyList<Type> Types =
    [
        .. Assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !TypeRules.IsMadeByTheCompiler(type) && !GeneratedNamespaces.Contains(type.Namespace)),
    ];

    [Fact]
    public void Every_project_of_src_is_looked_at()
    {
        var projects = Directory.GetDirectories(Testing.Repository.PathOf("src")).Select(Path.GetFileName);
        var looked = Assemblies.Select(
            assembly => assembly.GetName().Name is "seatrial" ? "Seatrial.Cli" : assembly.GetName().Name);

        Assert.Equal(projects.Order(), looked.Order());
    }

    [Fact]
    public void Classes_are_sealed_or_static_or_root_a_closed_set() => AssertNone(Types, TypeRules.IsOpen);

    [Fact]
    public void Names_say_something() => AssertNone(Types, TypeRules.IsNamedEmptily);

    [Fact]
    public void No_method_is_async_void() =>
        AssertNone(Assemblies.SelectMany(assembly => assembly.GetTypes()), TypeRules.HasAsyncVoid);

    [Fact]
    public void Interfaces_are_small() => AssertNone(Types, TypeRules.IsWideInterface);

    private static void AssertNone(IEnumerable<Type> types, Func<Type, bool> breaks) =>
        Offences.None(types.Where(breaks).Select(type => type.FullName ?? type.Name));
}
