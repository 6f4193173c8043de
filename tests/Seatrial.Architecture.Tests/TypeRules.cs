using System.Reflection;
using System.Runtime.CompilerServices;

namespace Seatrial.Architecture.Tests;

/// <summary>Rules that are seen in compiled types; each says whether a type breaks it.</summary>
internal static class TypeRules
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private const int MostMembers = 5;

    private static readonly string[] EmptyEndings =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities", "Common", "Base", "Impl", "Info"];

    // The mission names these; everywhere else a name says what its type does.
    private static readonly string[] NamesOfTheMission =
        ["ContainerConfigManager", "ErrorRecoveryManager", "OperationalManager"];

    /// <summary>
    /// A class is sealed or static, or it roots a closed set: no constructor but for its nested cases.
    /// </summary>
    public static bool IsOpen(Type type) =>
        type is { IsClass: true, IsSealed: false } && !(type.IsAbstract && HasOnlyPrivateConstructors(type));

    public static bool IsNamedEmptily(Type type) =>
        EmptyEndings.Any(ending => PlainName(type).EndsWith(ending, StringComparison.Ordinal))
        && !NamesOfTheMission.Contains(PlainName(type));

    public static bool HasAsyncVoid(Type type) =>
        type.GetMethods(Everything).Any(method =>
            method.ReturnType == typeof(void) && method.GetCustomAttribute<AsyncStateMachineAttribute>() is not null);

    public static bool IsWideInterface(Type type) =>
        type.IsInterface
        && type.GetMembers(Everything).Count(member => member is not MethodInfo { IsSpecialName: true }) > MostMembers;

    public static bool IsMadeByTheCompiler(Type type) =>
        type.Name.Contains('<') || type.GetCustomAttribute<CompilerGeneratedAttribute>() is not null
        || (type.DeclaringType is not null && IsMadeByTheCompiler(type.DeclaringType));

    // A record's constructor that copies is protected, and can't be otherwise.
    private static bool HasOnlyPrivateConstructors(Type type) =>
        type.GetConstructors(Everything).Where(constructor => !constructor.IsStatic).All(constructor =>
            constructor.IsPrivate || constructor.GetParameters() is [var only] && only.ParameterType == type);

    private static string PlainName(Type type) => type.Name.Split('`')[0];
}
