namespace Tame.Samples.Tests.Compare;

/// <summary>A folder that is deleted at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tame-compare-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
