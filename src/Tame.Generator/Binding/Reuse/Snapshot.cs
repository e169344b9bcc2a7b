using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Tame.Generator.Binding.Reuse;

/// <summary>
/// Represents everything in a compilation except what this generator has added. So the compilation that a build gives to its analyzers has the snapshot of the
/// one that it gave to the generator, unless another generator has added files, which may affect any body. The files of this generator affect no body: their
/// names are chosen so that no body uses them, and an error that a missing part causes does not count.
/// </summary>
internal static class Snapshot
{
    /// <summary>The compiler names the folder of generated files after the generator.</summary>
    public const string GeneratorName = "Tame.Generator.TamedGenerator";

    private static readonly ConditionalWeakTable<Compilation, StrongBox<Fingerprint>> s_snapshots = new();

    public static Fingerprint Of(Compilation compilation) => s_snapshots.GetValue(compilation, static c => new StrongBox<Fingerprint>(Read(c))).Value;

    private static Fingerprint Read(Compilation compilation)
    {
        var writer = new FingerprintWriter();
        writer.Add(compilation.AssemblyName ?? "");
        writer.Add(Identity.Of(compilation.Options));
        foreach (var reference in compilation.References) writer.Add(Identity.Of(reference));
        foreach (var tree in compilation.SyntaxTrees.Where(tree => !IsOurs(tree))) writer.Add(Identity.Of(tree));
        return writer.Finish();
    }

    /// <summary>Whether this generator wrote a file.</summary>
    public static bool IsOurs(SyntaxTree tree) => Path.GetFileName(Path.GetDirectoryName(tree.FilePath)) == GeneratorName;
}
