"""What the files for Docker and Kubernetes promise: few rights, few ways, nothing on disk, and room for one to go."""

import re
import shlex
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.chat import Chat, call
from tests.running import running
from wegwijs.files import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "docker-compose.yml").read_text())
MANIFESTS: list[dict[str, Any]] = [
    document
    for path in sorted((DEPLOY / "kubernetes").glob("*.yml"))
    for document in yaml.safe_load_all(path.read_text())
]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
REDIS = dict(line.split(maxsplit=1) for line in (DEPLOY / "redis.conf").read_text().splitlines() if line[:1].isalpha())


def one(kind: str, name: str) -> dict[str, Any]:
    """The manifest of this kind and name."""
    (found,) = [each for each in MANIFESTS if (each["kind"], each["metadata"]["name"]) == (kind, name)]
    return found["spec"]


def pods() -> Iterator[dict[str, Any]]:
    """Every pod that is made."""
    return (each["spec"]["template"]["spec"] for each in MANIFESTS if "template" in each.get("spec", {}))


def image_steps() -> list[tuple[str, str]]:
    """The steps of the image that is run, not of the one that builds it."""
    lines = DOCKERFILE.split("\nFROM ")[-1].splitlines()[1:]
    return [tuple(line.split(maxsplit=1)) for line in lines if line[:1].isupper()]


# ── Docker ──


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_a_service_has_no_more_rights_than_it_needs(name: str) -> None:
    """Whoever breaks into one is nobody, can write nothing that stays, and cannot take the machine along."""
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["ulimits"] == {"core": 0}
    assert not {"privileged", "cap_add", "network_mode", "pid"} & set(service)
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
    user = service.get("user") or dict(image_steps())["USER"]
    assert all(part.isdecimal() and int(part) > 0 for part in user.split(":"))
    assert all(mount.endswith(":ro") or mount.startswith("counts:") for mount in service.get("volumes", []))


def test_only_the_proxy_is_reached_from_outside() -> None:
    """Redis is reached by workers alone; neither has a way out."""
    published = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}
    assert published.pop("prometheus") == ["127.0.0.1:9090:9090"]
    assert set(published) == {"proxy"}
    on = {name: set(service["networks"]) for name, service in COMPOSE["services"].items()}
    assert [name for name in on if "conversations" in on[name]] == ["worker", "redis"]
    assert on["redis"] == {"conversations"}
    assert all(COMPOSE["networks"][network]["internal"] for network in on["worker"])


@pytest.mark.parametrize("name", ["proxy", "worker", "redis"])
def test_docker_sees_whether_a_service_is_well(name: str) -> None:
    """What waits for it, waits until it can be used."""
    assert COMPOSE["services"][name]["healthcheck"]["test"]


def test_a_worker_is_given_time_to_finish() -> None:
    """A worker that is stopped answers first what it was asked; one channel answer takes ten seconds at most."""
    worker = COMPOSE["services"]["worker"]
    assert int(worker["stop_grace_period"].removesuffix("s")) > 10
    assert "container_name" not in worker  # or there could be only one
    assert worker["deploy"]["replicas"] >= 2


# ── Redis ──


def test_redis_keeps_nothing_on_disk() -> None:
    """What a child tells is gone after half an hour, whatever happens to the machine."""
    assert REDIS["save"] == '""'
    assert REDIS["appendonly"] == "no"
    assert int(REDIS["slowlog-log-slower-than"]) < 0
    assert REDIS["crash-log-enabled"] == "no"
    assert COMPOSE["services"]["redis"]["tmpfs"] == ["/tmp", "/data"]
    kinds = {kind for pod in pods() for volume in pod["volumes"] for kind in volume if kind != "name"}
    assert kinds == {"emptyDir", "configMap"}
    in_memory = [
        volume["emptyDir"].get("medium") for pod in pods() for volume in pod["volumes"] if "emptyDir" in volume
    ]
    assert set(in_memory) == {"Memory"}
    assert "PersistentVolumeClaim" not in {each["kind"] for each in MANIFESTS}


def test_redis_throws_no_conversation_away() -> None:
    """Full, it refuses what is new."""
    assert REDIS["maxmemory-policy"] == "noeviction"
    room = int(REDIS["maxmemory"].removesuffix("mb"))
    assert room < int(COMPOSE["services"]["redis"]["deploy"]["resources"]["limits"]["memory"].removesuffix("m"))
    (container,) = one("Deployment", "redis")["template"]["spec"]["containers"]
    assert room < int(container["resources"]["limits"]["memory"].removesuffix("Mi"))


@pytest.mark.skipif(shutil.which("redis-server") is None, reason="Redis is not installed: apt install redis-server")
def test_redis_wants_a_password_that_is_in_no_file_and_no_list_of_processes(tmp_path: Path) -> None:
    """Started with the command of both manifests, on a socket instead of a port."""
    password = "of-the-operator"
    (in_kubernetes,) = one("Deployment", "redis")["template"]["spec"]["containers"]
    by_compose = [part.replace("$$", "$") for part in COMPOSE["services"]["redis"]["entrypoint"]]
    socket, settings = tmp_path / "socket", tmp_path / "redis.conf"
    settings.write_text((DEPLOY / "redis.conf").read_text().replace("port 6379", f"port 0\nunixsocket {socket}"))
    for shell, flag, script in (by_compose, in_kubernetes["command"]):
        assert password not in script
        script = script.replace("/etc/redis/redis.conf", str(settings)).replace("/etc/redis.conf", str(settings))
        environment = {"REDISCLI_AUTH": password, "PATH": "/usr/bin:/bin"}
        with subprocess.Popen(
            [shell, flag, script], env=environment, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                ask = ["redis-cli", "-s", str(socket), "ping"]
                while subprocess.run(ask, capture_output=True, text=True, check=False).returncode:
                    assert process.poll() is None
                without = subprocess.run(ask, capture_output=True, text=True, env={}, check=False)
                within = subprocess.run(ask, capture_output=True, text=True, env=environment, check=False)
                command_line = Path(f"/proc/{process.pid}/cmdline").read_text()
            finally:
                process.terminate()
        assert "NOAUTH" in without.stdout + without.stderr
        assert within.stdout == "PONG\n"
        assert password not in command_line
    assert [path.name for path in tmp_path.iterdir()] == ["redis.conf"]


# ── Kubernetes ──


def test_all_manifests_are_applied() -> None:
    """None is forgotten by `kubectl apply -k deploy`."""
    kustomization = yaml.safe_load((DEPLOY / "kustomization.yml").read_text())
    assert sorted(kustomization["resources"]) == sorted(
        f"kubernetes/{path.name}" for path in (DEPLOY / "kubernetes").iterdir()
    )
    assert kustomization["configMapGenerator"] == [{"name": "redis", "files": ["redis.conf"]}]


def test_the_namespace_refuses_more_rights_than_needed() -> None:
    """Pod Security Standard: restricted."""
    (namespace,) = [each for each in MANIFESTS if each["kind"] == "Namespace"]
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


def test_a_pod_has_no_more_rights_than_it_needs() -> None:
    """Nobody, without a way to the cluster, on a file system that cannot be written, with an end to what it takes."""
    for pod in pods():
        assert pod["automountServiceAccountToken"] is False
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["securityContext"]["runAsUser"] > 0
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod)
        for container in pod["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            for bound in ("requests", "limits"):
                assert set(container["resources"][bound]) == {"cpu", "memory"}
            assert {"readinessProbe", "livenessProbe"} <= set(container)


def test_a_worker_runs_as_whom_the_image_names() -> None:
    """Or it could not read its files."""
    context = one("Deployment", "worker")["template"]["spec"]["securityContext"]
    assert dict(image_steps())["USER"] == f"{context['runAsUser']}:{context['runAsGroup']}"


def test_workers_are_replaced_without_anybody_noticing() -> None:
    """A new one is there before an old one goes, and an old one answers what it was asked."""
    worker = one("Deployment", "worker")
    assert worker["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    pod = worker["template"]["spec"]
    (container,) = pod["containers"]
    pause = int(container["lifecycle"]["preStop"]["exec"]["command"][-1])
    assert pod["terminationGracePeriodSeconds"] >= pause + 2 * 10
    assert container["readinessProbe"]["httpGet"]["path"] == "/health"
    # Redis away is no reason to start a worker again.
    assert container["livenessProbe"]["httpGet"]["path"] == "/health/live"
    assert (
        one("HorizontalPodAutoscaler", "worker")["minReplicas"] > one("PodDisruptionBudget", "worker")["minAvailable"]
    )
    assert one("PodDisruptionBudget", "worker")["minAvailable"] >= 2


def test_nobody_speaks_with_redis_but_workers_and_nothing_leads_out() -> None:
    """All is closed; what is opened is named."""
    assert one("NetworkPolicy", "nobody") == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    redis, worker = one("NetworkPolicy", "redis"), one("NetworkPolicy", "worker")
    assert [rule["from"] for rule in redis["ingress"]] == [[{"podSelector": {"matchLabels": {"app": "worker"}}}]]
    assert redis["policyTypes"] == ["Ingress", "Egress"]
    assert "egress" not in redis
    assert all("to" in rule and "ports" in rule for rule in worker["egress"])
    assert all("from" in rule and "ports" in rule for rule in worker["ingress"])
    assert not [each for rule in worker["egress"] for each in rule["to"] if "ipBlock" in each]
    assert all(one("Service", name).get("type", "ClusterIP") == "ClusterIP" for name in ("redis", "worker"))


def test_the_public_gets_every_page_and_neither_counts_nor_health(server: str) -> None:
    """What the ingress lets through answers; what it does not name is for the operator."""
    (rule,) = one("Ingress", "wegwijs")["rules"]
    open_paths = {(path["path"], path["pathType"]) for path in rule["http"]["paths"]}

    def is_public(asked: str) -> bool:
        return any(asked == path or (kind == "Prefix" and asked.startswith(f"{path}/")) for path, kind in open_paths)

    public = ["/", "/chat", "/veiligheid", "/gids/first_aid", "/widget/wegwijs.js", "/webhooks/webchat/sessions"]
    for path in public:
        assert is_public(path)
        assert call(server + path).status in (200, 401)
    assert is_public("/agenda/any.ics")
    for path in ("/metrics", "/health", "/health/live"):
        assert not is_public(path)
        assert call(server + path).status == 200
    assert one("Ingress", "wegwijs")["tls"]


def test_what_an_operator_puts_into_the_env_file_reaches_the_workers() -> None:
    """Every setting of the guide does; but for a folder, which needs a volume, and what the image itself decides."""
    table = (ROOT / "docs" / "operations.md").read_text().split("## Settings")[1].split("## ")[0]
    named = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))
    passed = COMPOSE["services"]["worker"]["environment"]
    assert len(named) > 8
    assert named - set(passed) == {"HOST", "PORT", "MPLCONFIGDIR", "WEGWIJS_BAROMETER"}
    for name in named & set(passed) - {"WEGWIJS_REDIS", "WEGWIJS_PROXIES"}:
        assert passed[name].startswith(f"${{{name}:-")


@pytest.mark.parametrize("worker", ["compose", "kubernetes"])
def test_workers_know_redis_and_how_many_proxies_there_are(worker: str) -> None:
    """Without the first, each would know its own conversations only; without the second, all people are one address."""
    if worker == "compose":
        settings = COMPOSE["services"]["worker"]["environment"]
    else:
        (container,) = one("Deployment", "worker")["template"]["spec"]["containers"]
        settings = {each["name"]: each.get("value") for each in container["env"]}
    assert settings["WEGWIJS_REDIS"].startswith("redis://:$")
    assert settings["WEGWIJS_REDIS"].endswith("@redis:6379/0")
    assert settings["WEGWIJS_PROXIES"] == "1"


def test_a_worker_may_unpack_its_model(model: Path) -> None:
    """Rasa does so under /tmp, the only place where it may write."""
    with tarfile.open(model) as packed:
        needed = sum(part.size for part in packed) / 2**20
    (volume,) = one("Deployment", "worker")["template"]["spec"]["volumes"]
    assert needed < int(volume["emptyDir"]["sizeLimit"].removesuffix("Mi"))
    assert COMPOSE["services"]["worker"]["tmpfs"] == ["/tmp:size=192m"]
    assert needed < 192


# ── the image ──


def copied() -> list[tuple[Path, str]]:
    """What the image that is run gets from the one that builds it, and where it lies there."""
    pairs = []
    for step, rest in image_steps():
        if step == "COPY":
            _, *sources, target = shlex.split(rest)
            pairs += [(ROOT / source.removeprefix("/wegwijs/"), target) for source in sources]
    return pairs


def test_the_image_holds_all_that_a_worker_needs(model: Path, tmp_path: Path) -> None:
    """A worker with these files and no others talks, and shows its pages."""
    for source, target in copied():
        lies_at = tmp_path / target
        if source.name == ".venv":
            continue  # the Python that runs this test
        if source.is_file():
            lies_at.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, lies_at)
        else:
            shutil.copytree(source, lies_at, ignore=shutil.ignore_patterns("__pycache__", "tests", ".rasa"))
    assert (tmp_path / "bot" / "models" / model.name).exists()
    with running(tmp_path / "log", root=tmp_path) as (server, _):
        assert Chat(server).say("ik word gepest")
        assert all(call(server + path).status == 200 for path in ("/", "/chat", "/veiligheid", "/widget/wegwijs.js"))


def test_nothing_else_on_this_disk_gets_into_the_image() -> None:
    """The list of what may be sent to Docker begins with nothing, and then names what the image is made from."""
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]
    assert lines[0] == "*"
    allowed = {line[1:] for line in lines if line.startswith("!")}
    assert all((ROOT / path).exists() for path in allowed)
    needed = {str(source.relative_to(ROOT)) for source, _ in copied()} - {".venv"}
    assert needed <= allowed
    assert not allowed & {"deploy", "tests", ".env"}


def test_what_builds_the_image_is_not_in_it() -> None:
    """No uv, no compiler."""
    assert not [rest for step, rest in image_steps() if step == "RUN" and ("uv" in rest.split() or "gcc" in rest)]
