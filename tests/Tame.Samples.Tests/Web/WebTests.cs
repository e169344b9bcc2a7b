using WebPrograms;

namespace Tame.Samples.Tests.Web;

/// <summary>The programs of samples/Web print what docs/http.md says, over the system's network and over one in memory.</summary>
public sealed class WebTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_program_prints_what_the_page_says(bool inMemory) => ProgramPage.Compare("docs/http.md", "samples/Web", Programs.All, inMemory);
}
