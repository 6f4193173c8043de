using System.Data.Common;
using Npgsql;

namespace Seatrial.Worker.Configuration;

/// <summary>What makes a connection string usable; values are never repeated in a message.</summary>
internal static class ConnectionStringRules
{
    private const string Form = "Host=db;Database=rpa;Username=rpa;Password=…";

    private static readonly string[] CommonKeywords =
        ["Host", "Port", "Database", "Username", "Password", "SSL Mode", "Timeout", "Command Timeout", "Options"];

    /// <summary>Whether nothing is wrong.</summary>
    public static bool Check(VariableReader reader, string variable, string text)
    {
        if (text.StartsWith("postgres://", StringComparison.Ordinal)
            || text.StartsWith("postgresql://", StringComparison.Ordinal))
        {
            reader.Fault(variable, "is a URI, which Npgsql does not read.", $"write it as {Form}.");
            return false;
        }

        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = text;
        }
        catch (ArgumentException)
        {
            reader.Fault(
                variable, "is not a list of Keyword=value with ';' between.",
                $"write it as {Form}, with quotes around values that hold ';'.");
            return false;
        }

        var builder = new NpgsqlConnectionStringBuilder();
        var isGood = true;
        foreach (string keyword in parts.Keys)
        {
            isGood &= CheckKeyword(reader, variable, builder, (keyword, parts[keyword]));
        }

        if (string.IsNullOrEmpty(builder.Host))
        {
            reader.Fault(variable, "names no host.", $"add Host=…, as in {Form}.");
            isGood = false;
        }

        return isGood;
    }

    private static bool CheckKeyword(
        VariableReader reader, string variable, NpgsqlConnectionStringBuilder builder, (string Name, object Value) part)
    {
        try
        {
            builder[part.Name] = part.Value;
            return true;
        }
        catch (Exception e) when (
            e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            var nearest = NearestName.Of(part.Name, CommonKeywords);
            var known = CommonKeywords.Contains(part.Name, StringComparer.OrdinalIgnoreCase);
            reader.Fault(
                variable,
                known
                    ? $"has a value for '{part.Name}' that Npgsql refuses."
                    : $"has the keyword '{part.Name}', which Npgsql does not know.",
                known ? $"correct the value of '{part.Name}'."
                    : nearest is null ? $"remove '{part.Name}'." : $"did you mean '{nearest}'?");
            return false;
        }
    }
}
