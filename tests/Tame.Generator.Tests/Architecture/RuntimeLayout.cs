using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tame.Generator.Tests.Architecture;

/// <summary>Which folder of the runtime uses which. Most types share a namespace, so the folder of a type is that of the file that declares it.</summary>
internal static class RuntimeLayout
{
    public const string Sources = "src/Tame.Runtime";
    public const string Root = "the root";

    /// <summary>It connects the folders, so arrows from it and to it are free.</summary>
    private const string CompositionRoot = "Tame.EventLoop";

    /// <summary>The folder of each type that the files declare, under the full name of the type in metadata.</summary>
    public static IReadOnlyDictionary<string, string> Folders(IEnumerable<(string Path, string Text)> files)
    {
        var folders = new Dictionary<string, string>();
        foreach (var (path, text) in files)
        {
            foreach (var name in Declared(text).Where(name => name != CompositionRoot))
            {
                var folder = Folder(path);
                if (!folders.TryAdd(name, folder) && folders[name] != folder) throw new InvalidOperationException($"{name} is in {folders[name]} and in {folder}");
            }
        }

        return folders;
    }

    /// <summary>The arrows between different folders, one for each reference.</summary>
    public static IReadOnlyList<FolderArrow> Arrows(Assembly assembly, IReadOnlyDictionary<string, string> folders) =>
        [.. from reference in TypeReferences.Of(assembly)
            let fromFolder = FolderOf(reference.From, folders)
            let toFolder = FolderOf(reference.To, folders)
            where fromFolder is not null && toFolder is not null && fromFolder != toFolder
            select new FolderArrow(fromFolder, toFolder, reference.ToString())];

    /// <summary>The arrows in the code that the table lacks, and those in the table that the code lacks.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyCollection<FolderArrow> used, IReadOnlyDictionary<string, IReadOnlyList<string>> table)
    {
        var forbidden = from arrow in used
                        where !table.TryGetValue(arrow.From, out var allowed) || !allowed.Contains(arrow.To)
                        group arrow.Reference by (arrow.From, arrow.To) into same
                        select $"{same.Key.From} may not use {same.Key.To}: {same.First()}";
        var unused = from row in table
                     from to in row.Value
                     where !used.Any(arrow => arrow.From == row.Key && arrow.To == to)
                     select $"{row.Key} does not use {to}";
        return [.. forbidden, .. unused];
    }

    /// <summary>Nested types and those that the compiler creates belong to the enclosing type.</summary>
    private static string? FolderOf(Type type, IReadOnlyDictionary<string, string> folders)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type.FullName is { } name ? folders.GetValueOrDefault(name) : null;
    }

    private static string Folder(string path) => path[(Sources.Length + 1)..].Split('/') is [var first, _, ..] ? first : Root;

    private static IEnumerable<string> Declared(string text)
    {
        var root = CSharpSyntaxTree.ParseText(text).GetRoot();
        foreach (var member in root.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(member => member.Parent is BaseNamespaceDeclarationSyntax))
        {
            var scope = ((BaseNamespaceDeclarationSyntax)member.Parent!).Name.ToString();
            if (member is BaseTypeDeclarationSyntax type) yield return $"{scope}.{type.Identifier.Text}{Arity((type as TypeDeclarationSyntax)?.TypeParameterList)}";
            else if (member is DelegateDeclarationSyntax named) yield return $"{scope}.{named.Identifier.Text}{Arity(named.TypeParameterList)}";
        }
    }

    private static string Arity(TypeParameterListSyntax? parameters) => parameters is null ? "" : "`" + parameters.Parameters.Count;
}
