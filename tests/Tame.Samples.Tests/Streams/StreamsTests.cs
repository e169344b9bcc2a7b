using StreamPrograms;

namespace Tame.Samples.Tests.Connections;

/// <summary>The programs of samples/Streams print what docs/io.md says, over the system's network and over one in memory.</summary>
public sealed class StreamsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_program_prints_what_the_page_says(bool inMemory) => ProgramPage.Compare("docs/io.md", "samples/Streams", Programs.All, inMemory);
}
