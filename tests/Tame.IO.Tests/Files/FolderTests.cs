namespace Tame.IO.Tests.Files;

/// <summary>Tests with a folder that goes when they end.</summary>
public abstract class FolderTests : IDisposable
{
    private protected static FileSystem Files => Network.Current.Files;

    private protected string Root { get; } = Directory.CreateTempSubdirectory("tame-files-").FullName;

    /// <summary>What a test saw, in order.</summary>
    private protected List<string> Seen { get; } = [];

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        GC.SuppressFinalize(this);
    }
}
