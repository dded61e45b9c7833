"""The process with which a new service begins: receive, decide, tell; to be drawn further."""

from onedoor.domain.catalogue.rules.drawing.errors import CannotDraw
from onedoor.domain.catalogue.rules.drawing.paper import read, run_process, written
from onedoor.domain.catalogue.rules.drawing.shapes import Sheet, draw_all
from onedoor.domain.catalogue.rules.drawing.steps import step_table

_TEXT = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:onedoor="urn:onedoor:bpmn:1"
    id="definitions_KEY" targetNamespace="urn:onedoor:services">
  <bpmn:collaboration id="collaboration_KEY">
    <bpmn:participant id="pool_KEY" processRef="KEY" />
  </bpmn:collaboration>
  <bpmn:process id="KEY" isExecutable="true">
    <bpmn:laneSet id="lanes">
      <bpmn:lane id="front" name="ຊ່ອງບໍລິການຂອງສູນ" onedoor:nameEn="Counter of the centre"
          onedoor:role="officer" onedoor:unit="centre" onedoor:audience="front">
        <bpmn:flowNodeRef>start</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>receive</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>approved</bpmn:flowNodeRef>
      </bpmn:lane>
      <bpmn:lane id="back" name="ພະນັກງານຂອງກະຊວງ" onedoor:nameEn="Officer of the ministry"
          onedoor:role="ministry_officer" onedoor:unit="authority" onedoor:audience="back">
        <bpmn:flowNodeRef>decide</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>decided</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>refused</bpmn:flowNodeRef>
      </bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="start" name="ຜູ້ຮ້ອງມາຍື່ນຄຳຮ້ອງ" onedoor:nameEn="An application is brought">
      <bpmn:outgoing>to_receive</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:userTask id="receive" name="ຮັບຄຳຮ້ອງ ແລະ ເອກະສານ"
        onedoor:nameEn="Receive the application and papers" onedoor:intake="true" onedoor:status="received">
      <bpmn:incoming>to_receive</bpmn:incoming>
      <bpmn:outgoing>to_decide</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:userTask id="decide" name="ກວດກາ ແລະ ຕັດສິນ" onedoor:nameEn="Examine and decide"
        onedoor:outcomes="approve refuse" onedoor:reasonFor="refuse" onedoor:decision="separated"
        onedoor:status="in_progress">
      <bpmn:incoming>to_decide</bpmn:incoming>
      <bpmn:outgoing>to_gateway</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:exclusiveGateway id="decided" name="ຕັດສິນແນວໃດ?" onedoor:nameEn="How was it decided?"
        default="is_refused">
      <bpmn:incoming>to_gateway</bpmn:incoming>
      <bpmn:outgoing>is_approved</bpmn:outgoing>
      <bpmn:outgoing>is_refused</bpmn:outgoing>
    </bpmn:exclusiveGateway>
    <bpmn:endEvent id="approved" name="ອະນຸມັດ" onedoor:nameEn="Approved" onedoor:status="approved">
      <bpmn:incoming>is_approved</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:endEvent id="refused" name="ປະຕິເສດ" onedoor:nameEn="Refused" onedoor:status="refused">
      <bpmn:incoming>is_refused</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="to_receive" sourceRef="start" targetRef="receive" />
    <bpmn:sequenceFlow id="to_decide" sourceRef="receive" targetRef="decide" />
    <bpmn:sequenceFlow id="to_gateway" sourceRef="decide" targetRef="decided" />
    <bpmn:sequenceFlow id="is_approved" name="ອະນຸມັດ" onedoor:nameEn="Approved" sourceRef="decided"
        targetRef="approved">
      <bpmn:conditionExpression
          xsi:type="bpmn:tFormalExpression">outcome = "approve"</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="is_refused" name="ປະຕິເສດ" onedoor:nameEn="Refused" sourceRef="decided"
        targetRef="refused" />
  </bpmn:process>
</bpmn:definitions>
"""


def first_process(code: str) -> str:
    """A sound process of a service, with its drawing."""
    return drawn(_TEXT.replace("KEY", "process_" + "".join(c if c.isalnum() else "_" for c in code)))


def undrawn(process: str) -> bool:
    """Whether a file says how a process goes, but not where its parts stand. What cannot be read has no drawing either."""
    try:
        return not Sheet(read(process)).planes
    except CannotDraw:
        return False


def drawn(process: str) -> str:
    """The process with a drawing, where it has none. Raises CannotDraw."""
    document = read(process)
    if Sheet(document).planes:
        return process
    order = [(step.id, step.kind, step.lane) for step in step_table(process).steps if not step.scope]
    draw_all(document, run_process(document), order)
    return written(document)
