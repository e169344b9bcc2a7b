extern alias compare;
using compare::Tame.Comparison.Mix;

namespace Tame.Samples.Tests.Compare;

/// <summary>The files of the mix, and how often each is asked for.</summary>
public sealed class FileSetTests
{
    [Fact]
    public void The_classes_have_their_shares_and_all_weights_make_one()
    {
        var files = FileSet.Of("/none", 30, 1).Files;
        Assert.Equal(1, files.Sum(file => file.Weight), 9);
        Assert.Equal([0.35, 0.50, 0.14, 0.01], Enumerable.Range(0, 4).Select(c => Math.Round(files.Where(file => file.Path.Contains($"class{c}", StringComparison.Ordinal)).Sum(file => file.Weight), 9)));
    }

    [Fact]
    public void Files_have_the_sizes_of_SPECweb99()
    {
        var files = FileSet.Of("/none", 1, 1).Files;
        Assert.Equal(36, files.Count);
        Assert.Equal(("/dir00000/class0_0", 102), (files[0].Path, files[0].Size));
        Assert.Equal(("/dir00000/class1_0", 1024), (files[9].Path, files[9].Size));
        Assert.Equal(("/dir00000/class2_4", 51_200), (files[22].Path, files[22].Size));
        Assert.Equal(("/dir00000/class3_8", 921_600), (files[35].Path, files[35].Size));
    }

    [Fact]
    public void The_fifth_file_of_a_class_is_asked_for_most_and_the_first_directory_twice_as_often_as_the_second()
    {
        var files = FileSet.Of("/none", 10, 1).Files;
        var ofClass = files.Take(9).ToList();
        Assert.Equal([4, 3, 5, 2, 6, 1, 7, 8, 0], Enumerable.Range(0, 9).OrderByDescending(i => ofClass[i].Weight));
        Assert.Equal(0.3535, ofClass[4].Weight / ofClass.Sum(file => file.Weight), 4);
        Assert.Equal(2, files.Where(file => file.Path.StartsWith("/dir00000/", StringComparison.Ordinal)).Sum(file => file.Weight) / files.Where(file => file.Path.StartsWith("/dir00001/", StringComparison.Ordinal)).Sum(file => file.Weight), 9);
    }

    [Theory]
    [InlineData(0.1, 1)]
    [InlineData(100, 20)]
    [InlineData(3310, 647)]
    public void A_set_is_as_large_as_whole_directories_make_it(double megabytes, int directories)
    {
        var files = FileSet.Of("/none", megabytes, 1);
        Assert.Equal(directories, files.Directories);
        Assert.Equal(files.Files.Sum(file => (long)file.Size), files.Bytes);
    }

    [Fact]
    public void The_same_seed_writes_the_same_bytes_and_another_seed_writes_others()
    {
        using var folder = new TemporaryFolder();
        byte[] Write(string name, int seed)
        {
            var files = FileSet.Of(Path.Join(folder.Path, name), 5, seed);
            files.Write();
            Assert.All(files.Files, file => Assert.Equal(file.Size, new FileInfo(files.Folder + file.Path).Length));
            return File.ReadAllBytes(files.Folder + files.Files[3].Path);
        }
        byte[] first = Write("a", 1);
        Assert.Equal(first, Write("b", 1));
        Assert.NotEqual(first, Write("c", 2));
        // Written down on another day: a seed says the same in every process.
        Assert.Equal("998BF0650F2ADA11", Convert.ToHexString(first[..8]));
    }

    [Fact]
    public void Files_that_are_there_are_left_as_they_are_and_others_are_written()
    {
        using var folder = new TemporaryFolder();
        var files = FileSet.Of(folder.Path, 5, 1);
        files.Write();
        string kept = folder.Path + files.Files[0].Path, cut = folder.Path + files.Files[1].Path;
        File.WriteAllBytes(kept, new byte[files.Files[0].Size]);
        File.WriteAllBytes(cut, [1]);
        files.Write();
        Assert.All(File.ReadAllBytes(kept), one => Assert.Equal(0, one));
        Assert.Equal(files.Files[1].Size, new FileInfo(cut).Length);
    }
}
