using System.Text;
using CsCheck;
using Knot.Files;

namespace Tame.Samples.Tests.Knot;

public sealed class TargetPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("", "/")]
    [InlineData("?q", "/")]
    [InlineData("/a/b.html", "/a/b.html")]
    [InlineData("/a?b/../c", "/a")]
    [InlineData("/a%20b", "/a b")]
    [InlineData("/%7Euser/%e2%82%ac", "/~user/€")]
    [InlineData("/100%25", "/100%")]
    [InlineData("/a%2Eb", "/a.b")]
    [InlineData("/a%3Fb", "/a?b")]
    [InlineData("/a../b..c", "/a../b..c")]
    public void A_target_names_a_path(string target, string path) => Assert.Equal((200, path), Decode(target));

    [Theory]
    [InlineData("/%")]
    [InlineData("/%4")]
    [InlineData("/%zz")]
    [InlineData("/%+1")]
    [InlineData("/a%2")]
    public void A_broken_escape_is_a_bad_request(string target) => Assert.Equal(400, Decode(target).Status);

    [Theory]
    [InlineData("/..")]
    [InlineData("/../etc/passwd")]
    [InlineData("/a/../../etc/passwd")]
    [InlineData("/%2e%2e/etc/passwd")]
    [InlineData("/.%2E/etc/passwd")]
    [InlineData("/a%2F..%2f..%2fetc/passwd")]
    [InlineData("/a%2fb")]
    [InlineData("/a%00.html")]
    [InlineData("/..%5c..%5cetc")]
    [InlineData("/a\\b")]
    [InlineData("/.git/config")]
    [InlineData("/a/.hidden")]
    [InlineData("/./a")]
    [InlineData("//etc/passwd")]
    [InlineData("/a//b")]
    [InlineData("/%ff")]
    [InlineData("/%c0%ae%c0%ae/")]
    [InlineData("a")]
    public void What_could_lead_elsewhere_is_not_found(string target) => Assert.Equal(404, Decode(target).Status);

    [Fact]
    public void No_target_leads_above_the_root() =>
        Gen.OneOf("/", ".", "%2e", "%2F", "%5c", "\\", "a", "%00", "%c0%ae", "?", "%", "..").Array[0, 12].Sample(parts =>
        {
            var (status, path) = Decode("/" + string.Concat(parts));
            if (status == 200)
                Assert.StartsWith("/root/", Path.GetFullPath("/root" + path) + "/");
        }, iter: 20_000);

    private static (int Status, string Path) Decode(string target)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(target);
        char[] path = new char[bytes.Length + 1];
        int status = TargetPath.Decode(bytes, path, out int length);
        return (status, status == 200 ? new string(path, 0, length) : "");
    }
}
