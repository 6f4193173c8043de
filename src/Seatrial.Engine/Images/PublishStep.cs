using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Images;

/// <summary>
/// A project that goes into a build context, and why it goes there again; without reasons it stays as it is.
/// </summary>
internal sealed record PublishDecision(
    PublishSpec Spec, IReadOnlyDictionary<string, string> Sources, IReadOnlyList<string> Reasons)
{
    /// <summary>Where running the compiler is enough.</summary>
    public CompileRecipe? Recipe { get; init; }

    public string Name => Path.GetFileNameWithoutExtension(Spec.Project);
}

/// <summary>Decides by content what is published, and publishes it.</summary>
/// <param name="store">Remembers what was published.</param>
/// <param name="hashes">Of the sources.</param>
/// <param name="runtime">Whose SDK publishes.</param>
/// <param name="root">Names of files start from here.</param>
/// <param name="compiler">Stays warm for the next change; where null, each change is published in full.</param>
internal sealed class PublishStep(
    ImageStore store, FileHashes hashes, DotnetRuntime runtime, string root, WarmCompiler? compiler)
{
    private readonly DotnetPublisher _publisher = new(runtime, store.Artifacts);

    /// <summary>Of every project, in order.</summary>
    public IReadOnlyList<PublishDecision> Decide(IReadOnlyList<PublishSpec> specs)
    {
        string[] outputs =
            [.. specs.Select(spec => spec.Output), .. specs.Select(spec => spec.Runtime).OfType<string>()];
        return [.. specs.Select(spec => Decide(spec, Sources(spec, outputs)))];
    }

    /// <summary>
    /// Publishes one project into its emptied folder; or compiles it, where that comes to the same.
    /// </summary>
    public async Task PublishAsync(PublishDecision decision, Action<string> output, CancellationToken cancellationToken)
    {
        var spec = decision.Spec;
        var recipe = decision.Recipe;
        if (recipe is not null && compiler is not null)
        {
            await CompileAsync(compiler, decision.Spec, recipe, output, cancellationToken);
        }
        else
        {
            Empty(spec.Output, spec);
            compiler?.Note();
            var call = await _publisher.PublishAsync(spec, compiler?.Pipe, output, cancellationToken);
            if (spec.Runtime is { } folder)
            {
                Empty(folder, spec);
                runtime.CopyTo(folder);
            }

            recipe = compiler is null || call is null
                ? null
                : await ProvedAsync(
                    compiler, CompileRecipes.From(decision, call, root, hashes), cancellationToken);
        }

        store.Save(
            spec.Output,
            new PublishRecord { Sources = decision.Sources, Output = OutputOf(spec), Recipe = recipe });
    }

    private PublishDecision Decide(PublishSpec spec, IReadOnlyDictionary<string, string> sources)
    {
        var (last, output) = (store.Published(spec.Output), OutputOf(spec));
        var reasons = Reasons(last, sources, output);
        var isEnough = reasons.Count > 0
            && compiler is not null
            && last?.Recipe is { } recipe
            && !ManifestChanges.Files(last.Output, output).Any()
            && recipe.Explains(last.Sources, sources, GitRevision.Of(recipe.Folder), hashes);
        return new PublishDecision(spec, sources, reasons) { Recipe = isEnough ? last?.Recipe : null };
    }

    private static async Task CompileAsync(
        WarmCompiler compiler,
        PublishSpec spec,
        CompileRecipe recipe,
        Action<string> output,
        CancellationToken cancellationToken)
    {
        var outcome = await compiler.RunAsync(recipe, output, cancellationToken);
        if (outcome.ExitCode is not 0)
        {
            throw DotnetPublisher.Failed(spec, $"the compilation of {Path.GetFileName(spec.Project)}", outcome);
        }

        foreach (var (product, published) in recipe.Products)
        {
            File.Copy(product, published, overwrite: true);
        }
    }

    /// <summary>Null unless the compiler alone gives the very bytes of the publish before it.</summary>
    private async Task<CompileRecipe?> ProvedAsync(
        WarmCompiler compiler, CompileRecipe? recipe, CancellationToken cancellationToken) =>
        recipe is not null
        && await compiler.RunAsync(recipe, _ => { }, cancellationToken) is { ExitCode: 0 }
        && recipe.Products.All(file => hashes.Of(file.Key) == hashes.Of(file.Value))
            ? recipe
            : null;

    /// <summary>A pure comparison of what was with what is.</summary>
    internal static IReadOnlyList<string> Reasons(
        PublishRecord? last, IReadOnlyDictionary<string, string> sources, IReadOnlyDictionary<string, string> output)
    {
        if (last is null)
        {
            return ["it was never published here"];
        }

        string[] changed = [.. ManifestChanges.Files(last.Sources, sources)];
        return changed.Length > 0
            ? changed
            : [.. ManifestChanges.Files(last.Output, output).Select(file => $"in its output {file}")];
    }

    private Dictionary<string, string> Sources(PublishSpec spec, string[] outputs)
    {
        var sources = ProjectSources.Of(spec.Project, outputs)
            .ToDictionary(file => Path.GetRelativePath(root, file), hashes.Of);
        sources["the .NET SDK"] = runtime.Sdks;
        sources["the way of publishing"] = string.Join(' ', _publisher.Arguments(spec));
        if (spec.Runtime is not null)
        {
            sources["the .NET runtime"] = runtime.Identity;
        }

        return sources;
    }

    private Dictionary<string, string> OutputOf(PublishSpec spec) =>
        new[] { spec.Output, spec.Runtime }
            .Where(Directory.Exists)
            .OfType<string>()
            .SelectMany(folder => BuildContext.Read(folder, Path.Combine(folder, "Dockerfile")))
            .ToDictionary(
                entry => Path.GetRelativePath(root, entry.FullPath), entry => ImageManifest.Describe(entry, hashes));

    /// <summary>
    /// Only a folder that is empty or was filled by an earlier publish: a slip in the path must not cost anybody's
    /// files.
    /// </summary>
    private void Empty(string folder, PublishSpec spec)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        if (store.Published(spec.Output) is null
            && Directory.EnumerateFileSystemEntries(folder).Any()
            && !IsPublished(folder))
        {
            throw new SeatrialException(
                ExitCode.Usage,
                $"{Path.GetFileName(spec.Project)} is to be published into a folder that holds other files, "
                + "which would be lost.",
                folder,
                "name a folder of its own under publish[].output, or empty this one.");
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The marks of a publish whose record was lost, e.g. when <c>.seatrial</c> was deleted.</summary>
    private static bool IsPublished(string folder) =>
        File.Exists(Path.Combine(folder, "dotnet"))
        || Directory.EnumerateFiles(folder, "*.runtimeconfig.json").Any()
        || Directory.EnumerateFiles(folder, "*.deps.json").Any();
}
