using System.Text.RegularExpressions;

namespace Tame.Generator.Tests.Architecture;

/// <summary>Reads the table of folders from a page: a row for each folder, with the folders that it may use in the last cell.</summary>
internal static partial class FolderTable
{
    private const string Nothing = "nothing";

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string page, string header)
    {
        var lines = page.Split('\n').SkipWhile(line => line != header).Skip(2).TakeWhile(line => line.StartsWith('|'));
        return lines.Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToDictionary(cells => Folder(cells[1]), cells => Used(cells[3]));
    }

    private static IReadOnlyList<string> Used(string cell) => cell == Nothing ? [] : [.. cell.Split(", ").Select(Folder)];

    private static string Folder(string cell) => Code().Match(cell) is { Success: true } match ? match.Groups[1].Value : cell;

    [GeneratedRegex("^`([A-Za-z]+)/`$")]
    private static partial Regex Code();
}
