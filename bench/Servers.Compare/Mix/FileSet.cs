namespace Tame.Comparison.Mix;

/// <summary>A file of the set.</summary>
/// <param name="Path">As a client asks for it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Weight">The share of requests that ask for it.</param>
internal sealed record MixFile(string Path, int Size, double Weight);

/// <summary>
/// The static files of SPECweb99, as SEDA's load generator used them: directories of four classes with nine files each. A request takes its directory and its file by Zipf's
/// law, and its class by fixed shares.
/// </summary>
internal sealed class FileSet
{
    public const int Classes = 4, FilesOfAClass = 9;

    /// <summary>How often each class is asked for: below 1 KB, up to 10 KB, up to 100 KB, up to 1 MB.</summary>
    public static readonly double[] Shares = [0.35, 0.50, 0.14, 0.01];

    /// <summary>The files of a class, the most popular first.</summary>
    private static readonly int[] s_popularity = [4, 3, 5, 2, 6, 1, 7, 8, 0];

    private readonly int _seed;

    private FileSet(string folder, int directories, int seed)
    {
        (Folder, Directories, _seed) = (folder, directories, seed);
        Files = [.. Make(directories)];
    }

    /// <summary>Bytes of one directory.</summary>
    public static long BytesOfADirectory { get; } = Enumerable.Range(0, Classes).Sum(c => Enumerable.Range(0, FilesOfAClass).Sum(i => (long)Size(c, i)));

    public string Folder { get; }

    public int Directories { get; }

    public IReadOnlyList<MixFile> Files { get; }

    public long Bytes => Directories * BytesOfADirectory;

    /// <summary>Bytes that a request gets on average.</summary>
    public double MeanSize => Files.Sum(file => file.Weight * file.Size);

    /// <param name="folder">Where the files are to be.</param>
    /// <param name="megabytes">How much they are to be together, to a directory.</param>
    /// <param name="seed">Of what is in them.</param>
    public static FileSet Of(string folder, double megabytes, int seed) => new(folder, Math.Max(1, (int)Math.Round(megabytes * 1e6 / BytesOfADirectory)), seed);

    /// <summary>Steps of a tenth of the class's largest file: 0.1 to 0.9 KB, 1 to 9 KB, and so on.</summary>
    public static int Size(int ofClass, int index) => (int)(102.4 * Math.Pow(10, ofClass) * (index + 1));

    /// <summary>Writes the files that are not there yet.</summary>
    public void Write()
    {
        for (int i = 0; i < Files.Count; i++)
        {
            string path = Folder + Files[i].Path;
            if (i % (Classes * FilesOfAClass) == 0)
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (new FileInfo(path) is { Exists: true } there && there.Length == Files[i].Size)
                continue;
            byte[] bytes = new byte[Files[i].Size];
            new Random(unchecked((_seed * 1_000_003) + i)).NextBytes(bytes);
            File.WriteAllBytes(path, bytes);
        }
    }

    private static IEnumerable<MixFile> Make(int directories)
    {
        double ofDirectories = Harmonic(directories), ofFiles = Harmonic(FilesOfAClass);
        for (int d = 0; d < directories; d++)
        {
            for (int c = 0; c < Classes; c++)
            {
                for (int i = 0; i < FilesOfAClass; i++)
                {
                    double weight = Shares[c] / (d + 1) / ofDirectories / (Array.IndexOf(s_popularity, i) + 1) / ofFiles;
                    yield return new MixFile($"/dir{d:00000}/class{c}_{i}", Size(c, i), weight);
                }
            }
        }
    }

    private static double Harmonic(int count) => Enumerable.Range(1, count).Sum(rank => 1.0 / rank);
}
