using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Binding.Reuse;

/// <summary>
/// The declarations for which a first run of the generator found nothing to report. The analyzer of the same build need not bind them again. They are
/// identified by file and position, and are valid for one snapshot only, because a body's warnings depend on other bodies. Thread-safe.
/// </summary>
internal static class CleanMethods
{
    private static readonly ConditionalWeakTable<SyntaxTree, Noted> s_noted = new();

    private sealed record Noted(Fingerprint Snapshot, HashSet<int> Starts);

    public static void Note(Compilation compilation, IEnumerable<MethodDeclarationSyntax> declarations)
    {
        var snapshot = Snapshot.Of(compilation);
        foreach (var tree in declarations.GroupBy(declaration => declaration.SyntaxTree))
        {
            var noted = new Noted(snapshot, [.. tree.Select(declaration => declaration.SpanStart)]);
            lock (s_noted)
            {
                s_noted.Remove(tree.Key);
                s_noted.Add(tree.Key, noted);
            }
        }
    }

    public static bool Contain(MethodDeclarationSyntax declaration, Compilation compilation) =>
        s_noted.TryGetValue(declaration.SyntaxTree, out var noted) && noted.Starts.Contains(declaration.SpanStart) && noted.Snapshot == Snapshot.Of(compilation);
}
