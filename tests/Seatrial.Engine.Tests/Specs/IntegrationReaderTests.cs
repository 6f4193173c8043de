using Seatrial.Engine.Specs;

namespace Seatrial.Engine.Tests.Specs;

public sealed class IntegrationReaderTests
{
    [Fact]
    public void A_file_that_does_not_speak_of_it_has_none() => Assert.Null(SpecText.Spec(SpecText.Least).Integration);

    [Fact]
    public void Everything_that_is_written_is_read()
    {
        var spec = SpecText.Spec(With(
            "{profiles: [whole, more], records: 7, entrance: lb:8080, counted_in: answers, rejected: '{\"a\": 1}', "
                + "prometheus: p:9090, receiver: r:9095, alert: Rejected, prefect: prefect:4200}")).Integration;

        Assert.NotNull(spec);
        Assert.Equal(["whole", "more"], spec.Profiles);
        Assert.Equal(
            (7, new ServiceEndpoint("lb", 8080), "answers", "{\"a\": 1}"),
            (spec.Records, spec.Entrance, spec.CountedIn, spec.Rejected));
        Assert.Equal(
            ("p:9090", "r:9095", "Rejected", "prefect:4200"),
            ($"{spec.Prometheus}", $"{spec.Receiver}", spec.Alert, $"{spec.Prefect}"));
    }

    [Theory]
    [InlineData("{counted_in: n}", "has no entrance.")]
    [InlineData("{entrance: lb:80}", "has no counted_in.")]
    [InlineData("{entrance: lb, counted_in: n}", "entrance is lb, not a service and a port.")]
    [InlineData("{entrance: lb:99999, counted_in: n}", "entrance is lb:99999, not a service and a port.")]
    [InlineData("{entrance: lb:80, counted_in: n, records: 0}", "records")]
    [InlineData(
        "{entrance: lb:80, counted_in: n, rejected: '[1]', alert: A, receiver: r:1}", "rejected is [1], not a JSON")]
    [InlineData("{entrance: lb:80, counted_in: n, rejected: '{}', alert: A}", "alert means nothing without receiver.")]
    [InlineData("{entrance: lb:80, counted_in: n, alert: A, receiver: r:1}", "alert means nothing without rejected.")]
    [InlineData("{entrance: lbb:80, counted_in: n}", "entrance names the service lbb, which compose.yaml does not have.")]
    [InlineData("{entrance: lb:80, counted_in: n, prefect: prefct:4200}", "prefect names the service prefct")]
    [InlineData("{entrance: lb:80, counted_in: n, rejected: '{}'}", "rejected means nothing without alert.")]
    public void What_is_wrong_is_told(string yaml, string what) => SpecText.Only(With(yaml), what);

    private static string With(string yaml) => $"{SpecText.Least}suites: {{integration: {yaml}}}\n";
}
