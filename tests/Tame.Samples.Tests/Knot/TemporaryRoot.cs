namespace Tame.Samples.Tests.Knot;

/// <summary>A directory of its own for one test, gone with it.</summary>
public sealed class TemporaryRoot : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("knot-");

    public string Path => System.IO.Path.Join(_directory.FullName, "root");

    /// <summary>Beside the root, so outside it.</summary>
    public string Outside => System.IO.Path.Join(_directory.FullName, "root-outside");

    public TemporaryRoot()
    {
        Directory.CreateDirectory(Path);
        Directory.CreateDirectory(Outside);
    }

    public string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        string path = System.IO.Path.Join(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
