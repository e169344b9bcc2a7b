using System.IO.Compression;

namespace Tame.Package.Tests;

/// <summary>What stands in the files of a package.</summary>
internal static class PackedText
{
    public static string Text(ZipArchive package, string name)
    {
        using var reader = new StreamReader(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>The first program that the readme of a package shows.</summary>
    public static string ProgramOfReadme(string path)
    {
        using var package = ZipFile.OpenRead(path);
        return Text(package, "README.md").Split("```csharp\n")[1].Split("```")[0];
    }
}
